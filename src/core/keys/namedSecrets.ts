/** The names that an endpoint's headers and its passphrase mention as `${secret:NAME}`. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import { templatesIn } from "./templates.ts";

/** Each once, in the order of the settings. */
export function namedSecrets({ headers, tls }: Pick<Endpoint, "headers" | "tls">): readonly string[] {
  const texts = [...Object.values(headers), ...(tls.passphrase === undefined ? [] : [tls.passphrase])];
  const mentions = texts.flatMap(templatesIn);
  return [...new Set(mentions.flatMap(({ from, name }) => (from === "secret" ? [name] : [])))];
}
