/** Keys that stand in a settings entry in clear: where, what is left of the entry without them, and what the redactor has to know. */

import { isPlaceholder } from "../diagnosis/judgeKey.ts";
import { keysInUrl } from "./baseUrl.ts";
import type { Endpoint, ExposedKey } from "./endpoint.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Never kept: made where it is needed from the entry as it stands in the file. */
export interface ExposedSecret {
  readonly at: ExposedKey;
  readonly value: string;
  /** In front of it in a header, such as `Bearer`. */
  readonly scheme?: string;
}

/** Total: any value may stand in the settings. A place may hold several. */
export function exposedSecrets(entry: unknown): readonly ExposedSecret[] {
  const { baseUrl, headers, ...rest } = fieldsIn(entry);
  return [
    ...inKeyFields(rest),
    ...inUrl(baseUrl).map((value) => ({ at: { place: "baseUrl" } as const, value })),
    ...Object.entries(fieldsIn(headers)).flatMap(([name, value]) => inHeader(name, value)),
  ];
}

/** The places alone, each once. */
export function exposedPlaces(entry: unknown): readonly ExposedKey[] {
  return [...new Map(exposedSecrets(entry).map(({ at }) => [JSON.stringify(at), at])).values()];
}

/** The entry as if nobody had written a key into its base URL or in place of a key source. Headers stay: they are sent. */
export function withoutUnsentKeys(entry: unknown): unknown {
  const fields = fieldsIn(entry);
  const inKey = exposedSecrets(entry).flatMap(({ at }) => (at.place === "key" ? [at.name ?? "key"] : []));
  const { baseUrl } = fields;
  const url = typeof baseUrl === "string" ? keysInUrl(baseUrl) : undefined;
  if (inKey.length === 0 && url === undefined) {
    return entry;
  }
  const kept = Object.entries(fields).filter(([name]) => !inKey.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...(url === undefined ? {} : { baseUrl: url.bare }),
    ...(inKey.length === 0 ? {} : { key: { from: "secret" } }),
  };
}

/** Every secret of an entry in every form it is written in, for the redactor: those of a proxy and a passphrase too. */
export function exposedValues(entry: unknown): readonly string[] {
  const { baseUrl, key, tls, proxy } = fieldsIn(entry);
  const { passphrase } = fieldsIn(tls);
  const words = Array.isArray(key) ? (key as readonly unknown[]) : Object.values(fieldsIn(key));
  const values = [
    ...exposedSecrets(entry).map(({ value }) => value),
    ...[baseUrl, proxy].flatMap((url) => [...inUrl(url), ...rawUserInfo(url)]),
    ...(typeof passphrase === "string" && !isTemplate(passphrase) ? [passphrase] : []),
    ...words.filter((word): word is string => typeof word === "string" && looksLikeKey(word)),
  ];
  return [...new Set(values)].filter((value) => value !== "");
}

/** The headers to show or to keep: without what stands in them in clear. */
export function shownHeaders({ headers, exposed }: Pick<Endpoint, "headers" | "exposed">): Fields {
  const places = new Set(exposed.map((at) => (at.place === "header" ? at.name : undefined)));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, places.has(name) ? "•••" : value]),
  );
}

/** Does it have the form of a key that some provider issues? */
function looksLikeKey(text: string): boolean {
  return /^((sk|nvapi|xai)-[\w.-]{12,}|(hf|gsk|ghp)_[A-Za-z0-9]{20,})$/.test(text.trim());
}

function isTemplate(text: string): boolean {
  return /\$\{[^}]*\}/.test(text);
}

/** `user:password` is one secret: it is sent as one. */
function inUrl(text: unknown): readonly string[] {
  const found = typeof text === "string" ? keysInUrl(text.slice(0, longest)) : undefined;
  if (found === undefined) {
    return [];
  }
  const { user, password, keys } = found;
  const login = user !== "" && password !== "" ? [password] : [`${user}${password}`];
  return [...login, ...keys].filter((value) => value !== "");
}

/** As it is written, percent signs and all; also of what is no URL. */
function rawUserInfo(text: unknown): readonly string[] {
  const [head = ""] = typeof text === "string" ? text.slice(0, longest).split(/[?#]/, 1) : [];
  const at = head.lastIndexOf("@");
  const from = Math.max(head.lastIndexOf("/", at), head.lastIndexOf("\\", at)) + 1;
  const userInfo = at < 0 ? "" : head.slice(from, at);
  return [userInfo.slice(userInfo.indexOf(":") + 1)];
}

/** No setting of ours may be longer. */
const longest = 4096;

const sources = /^(secret|env|file|command|keychain)$/;
const keyMember = /^(value|secret|password|(api|access)?[-_]?(key|token))$/i;

/** `"key": "sk-…"`, a member such as `value` beside `from`, a key where a variable's name belongs, or a field such as `apiKey`. */
function inKeyFields({ key, ...others }: Fields): readonly ExposedSecret[] {
  const members = Object.entries(fieldsIn(key)).filter(
    ([name, value]) => keyMember.test(name) || (typeof value === "string" && looksLikeKey(value)),
  );
  const written = members.filter(([name]) => name !== "from");
  const values =
    typeof key === "string" && !sources.test(key.trim()) ? [key] : written.map(([, value]) => value);
  const fields = Object.entries(others).filter(
    ([name]) => name !== "key" && /^(api|access|auth)[-_]?(key|token)$|^(token|secret)$/i.test(name),
  );
  return [
    ...values.filter(isSecret).map((value) => ({ at: { place: "key" } as const, value: value.trim() })),
    ...fields.flatMap(([name, value]) =>
      isSecret(value) ? [{ at: { place: "key", name } as const, value: value.trim() }] : [],
    ),
  ];
}

function isSecret(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !isTemplate(value) && !isPlaceholder(value);
}

/** Headers that carry nothing but a secret. */
const carriers = /^(authorization|proxy-authorization|api-key|x-api-key|cookie)$/i;

function inHeader(name: string, value: unknown): readonly ExposedSecret[] {
  if (typeof value !== "string" || isTemplate(value)) {
    return [];
  }
  const [, scheme, rest = value] =
    /^\s*(bearer|basic|token|digest|apikey|negotiate)\s+(.*)$/is.exec(value) ?? [];
  const secret = rest.trim();
  const isNamedSo = /token|secret|key/i.test(name) && !/idempotency/i.test(name);
  const isLong = secret.length >= 8 && !/\s/.test(secret);
  const isTelling =
    carriers.test(name) || looksLikeKey(secret) || ((isNamedSo || scheme !== undefined) && isLong);
  return isTelling && isSecret(secret)
    ? [{ at: { place: "header", name }, value: secret, ...(scheme === undefined ? {} : { scheme }) }]
    : [];
}

/** The fields of an object; of anything else none. */
export function fieldsIn(value: unknown): Fields {
  return value === Object(value) && !Array.isArray(value) ? (value as Fields) : {};
}
