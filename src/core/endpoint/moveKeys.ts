/** How the keys of a settings entry get into the secret storage: what to store, and what the entry becomes. */

import { cleanKey } from "../keys/cleanKey.ts";
import { keysInUrl, withoutTrailingSlash } from "./baseUrl.ts";
import type { ExposedKey } from "./endpoint.ts";
import { exposedSecrets, type ExposedSecret, type Fields, fieldsIn } from "./exposedKeys.ts";

export interface KeyMove {
  /** What may become the endpoint's key, cleaned; different ones only, and the one that is sent today first. */
  readonly keys: readonly { readonly at: ExposedKey; readonly value: string }[];
  /** What is stored by name, for headers. */
  readonly named: readonly { readonly name: string; readonly value: string }[];
  /** Where something stands that can be no key: it has to be mended by hand first. */
  readonly refused: readonly ExposedKey[];
  /** Fields of the entry; one of undefined is removed. */
  readonly change: Fields;
}

/** A name like this one that no other secret has. */
export type FreeName = (name: string) => string;

/** Every place at once: an entry that is half moved would work in no way. */
export function planMove(entry: Fields, id: string, free: FreeName = (name) => name): KeyMove {
  const secrets = exposedSecrets(entry);
  const headers = moveHeaders(entry, secrets, id, free);
  const basicName = free(`${id}-basic`);
  const url = typeof entry["baseUrl"] === "string" ? keysInUrl(entry["baseUrl"]) : undefined;
  const login = url === undefined || url.user === "" || url.password === "" ? undefined : url;
  const keys = [
    ...secrets.filter(isBearer),
    ...secrets.filter(({ at }) => at.place === "key"),
    ...secrets.filter(({ at, value }) => at.place === "baseUrl" && value !== login?.password),
  ].map(({ at, value }) => ({ at, cleaned: cleanKey(value) }));
  const clean = keys.flatMap(({ at, cleaned }) =>
    cleaned.kind === "clean" ? [{ at, value: cleaned.key }] : [],
  );
  const inKey = secrets.flatMap(({ at }) => (at.place === "key" ? [at.name ?? "key"] : []));
  return {
    keys: clean.filter(({ value }, index) => index === clean.findIndex((each) => each.value === value)),
    named: [
      ...headers.named,
      ...(login === undefined ? [] : [{ name: basicName, value: basic(login.user, login.password) }]),
    ],
    refused: keys.flatMap(({ at, cleaned }) => (cleaned.kind === "refused" ? [at] : [])),
    change: {
      ...Object.fromEntries(inKey.map((field) => [field, undefined])),
      ...(url === undefined ? {} : { baseUrl: withoutTrailingSlash(url.bare) }),
      ...(keys.length === 0 ? {} : { key: { from: "secret" } }),
      ...changedHeaders(entry, headers.values, login === undefined ? undefined : basicName),
    },
  };
}

function isBearer({ at, scheme }: ExposedSecret): boolean {
  return (
    at.place === "header" &&
    /^authorization$/i.test(at.name) &&
    scheme !== undefined &&
    /^bearer$/i.test(scheme)
  );
}

interface MovedHeaders {
  readonly values: Fields;
  readonly named: KeyMove["named"];
}

/** The bearer is the key, which makes the header by itself; what stands before another secret stays. */
function moveHeaders(
  entry: Fields,
  secrets: readonly ExposedSecret[],
  id: string,
  free: FreeName,
): MovedHeaders {
  const values: Record<string, unknown> = { ...fieldsIn(entry["headers"]) };
  const named: { name: string; value: string }[] = [];
  for (const secret of secrets) {
    const { at, value, scheme } = secret;
    if (at.place !== "header") {
      continue;
    }
    if (isBearer(secret)) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of ours
      delete values[at.name];
      continue;
    }
    const stem = free(`${id}-${at.name.toLowerCase()}`);
    const name = named.some((each) => each.name === stem) ? `${stem}-${named.length + 1}` : stem;
    named.push({ name, value });
    values[at.name] = `${scheme === undefined ? "" : `${scheme} `}\${secret:${name}}`;
  }
  return { values, named };
}

/** Where the entry has an own `Authorization` that one is what is sent, so the URL's is stored and not used. */
function changedHeaders(entry: Fields, values: Fields, basicName: string | undefined): Fields {
  const before = fieldsIn(entry["headers"]);
  const hasOwn = Object.keys(before).some((name) => /^authorization$/i.test(name));
  const after =
    basicName === undefined || hasOwn
      ? values
      : { ...values, Authorization: `Basic \${secret:${basicName}}` };
  if (JSON.stringify(after) === JSON.stringify(before)) {
    return {};
  }
  return { headers: Object.keys(after).length === 0 ? undefined : after };
}

/** Of RFC 7617, in UTF-8. */
function basic(user: string, password: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)));
}
