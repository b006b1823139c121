/** Tells the vault when a server refuses a key that a program printed, so that the program is asked for a new one. */

import type { HttpFor } from "../audit/auditedHttp.ts";
import type { Http, HttpRequest, KeyVault } from "../ports.ts";

/** Around the way that everything takes: checks, tests and runs alike. */
export function heedRefusals(httpFor: HttpFor, vault: Pick<KeyVault, "refused">): HttpFor {
  return (sender) => {
    const http = httpFor(sender);
    const { endpoint, key } = sender;
    if (endpoint?.key.from !== "command" || key?.kind !== "key") {
      return http;
    }
    const { value } = key;
    return heeding(http, value, () => vault.refused(endpoint, value));
  };
}

function heeding(http: Http, key: string, refused: () => void): Http {
  const heed = ({ headers }: HttpRequest, status: number): void => {
    // A test also asks without the key, and an own header may stand in its place.
    if (status === 401 && headers["authorization"]?.includes(key.trim()) === true) {
      refused();
    }
  };
  return {
    async send(request, signal) {
      const outcome = await http.send(request, signal);
      heed(request, outcome.kind === "fault" ? 0 : outcome.reply.status);
      return outcome;
    },
    async open(request, signal) {
      const outcome = await http.open(request, signal);
      heed(request, outcome.kind === "fault" ? 0 : outcome.reply.status);
      return outcome;
    },
  };
}
