/** Which of an endpoint's own headers are secrets. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import { hasTemplate } from "./templates.ts";

/** Names under which servers and gateways take a key (`api-key` is Azure's). */
const secretName = /^((proxy-)?authorization|(x-)?api-?key|cookie)$/i;

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
