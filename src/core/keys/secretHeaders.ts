/** Which headers are secrets: of an endpoint's own those that only the vault may fill in, of all those whose values are never shown. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import { hasTemplate } from "./templates.ts";

/** Names under which servers and gateways take a key (`api-key` is Azure's). */
const secretName = /^((proxy-)?authorization|(x-)?api-?key|cookie)$/i;

/** Names whose values are shown to nobody. More than those above: a value masked in vain costs nothing, a header withheld in vain a working endpoint. */
const shownToNobody = /^(authorization|proxy-authorization|cookie|set-cookie)$|key|token|secret|password/i;

export function isMaskedHeader(name: string): boolean {
  return shownToNobody.test(name);
}

/** By a template, by its name, or because the settings parser found a key in it. */
export function isSecretHeader({ exposed }: Endpoint, name: string, value: string): boolean {
  const isExposed = exposed.some(
    (each) => each.place === "header" && each.name.toLowerCase() === name.toLowerCase(),
  );
  return isExposed || hasTemplate(value) || secretName.test(name);
}

/** The headers that anybody may see. */
export function openHeaders(endpoint: Endpoint): Readonly<Record<string, string>> {
  const open = Object.entries(endpoint.headers).filter(
    ([name, value]) => !isSecretHeader(endpoint, name, value),
  );
  return Object.fromEntries(open);
}
