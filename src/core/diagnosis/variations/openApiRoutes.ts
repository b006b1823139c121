/** The routes a server says it has: FastAPI servers (SGLang, vLLM, LMDeploy, Xinference, LiteLLM) publish them. */

import { originOf } from "../../endpoint/baseUrl.ts";
import { wireOptions } from "../../endpoint/wireOptions.ts";
import type { Http } from "../../ports.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { Variation } from "../report.ts";
import type { Subject } from "../step.ts";
import { neighbourTimeouts } from "./askCandidate.ts";

export interface RoutesAsked {
  readonly variation: Variation;
  /** Undefined where the server does not tell. */
  readonly routes: readonly string[] | undefined;
}

const documentBytes = 4 * 1024 * 1024;
const routesKept = 500;

/** `GET {origin}/openapi.json`, without a key: it is public where it exists. */
export async function openApiRoutes(
  { endpoint, credentials }: Subject,
  http: Http,
  signal: AbortSignal,
): Promise<RoutesAsked> {
  const url = `${originOf(endpoint.baseUrl) ?? ""}/openapi.json`;
  const timeouts = neighbourTimeouts(endpoint.timeouts);
  const headers = { accept: "application/json" };
  const wire = wireOptions(endpoint, credentials);
  const outcome = await http.send(
    { method: "GET", url, headers, timeouts, ...wire, maxBytes: documentBytes },
    signal,
  );
  const routes =
    outcome.kind === "reply" && outcome.reply.status === 200
      ? pathsIn(parseJson(outcome.reply.body))
      : undefined;
  const status = outcome.kind === "fault" ? outcome.fault.code : String(outcome.reply.status);
  return {
    routes,
    variation: {
      what: url,
      outcome: routes === undefined ? status : `${status}, ${routes.length} routes`,
      worked: routes === undefined ? "no" : "yes",
    },
  };
}

function pathsIn(document: unknown): readonly string[] | undefined {
  const paths =
    document === Object(document) ? (document as Readonly<Record<string, unknown>>)["paths"] : undefined;
  return paths === Object(paths) && !Array.isArray(paths)
    ? Object.keys(paths as object).slice(0, routesKept)
    : undefined;
}
