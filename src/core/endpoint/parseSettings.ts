/** Reads `qwen.endpoints`: whatever stands in the settings becomes endpoints and, entry by entry, clear problems. */

import * as l10n from "@vscode/l10n";
import * as v from "valibot";

import { originOf, withoutTrailingSlash } from "./baseUrl.ts";
import type { Endpoint, EndpointScope } from "./endpoint.ts";
import { exposedPlaces, withoutUnsentKeys } from "./exposedKeys.ts";
import { concealer, problemOf } from "./settingsProblem.ts";
import { withoutUndefined } from "./withoutUndefined.ts";
import { visibleId } from "../visible.ts";

/** An entry of the settings: an endpoint, or what is wrong with which field of it. */
export type EndpointEntry =
  | { readonly kind: "valid"; readonly endpoint: Endpoint }
  | {
      readonly kind: "invalid";
      /** Unique among all entries, for the tree; not an endpoint id. */
      readonly rowId: string;
      readonly name: string;
      readonly scope: EndpointScope;
      readonly problems: readonly string[];
    };

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4096));
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400_000));

const keySchema = v.variant("from", [
  v.strictObject({ from: v.literal("secret") }),
  v.strictObject({ from: v.literal("env"), name: text, file: v.optional(text) }),
  v.strictObject({ from: v.literal("file"), path: text }),
  v.strictObject({
    from: v.literal("command"),
    command: v.pipe(v.array(text), v.minLength(1)),
    cacheSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)), 300),
    timeoutSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 10),
  }),
  v.strictObject({ from: v.literal("keychain"), service: text, account: text }),
  v.strictObject({ from: v.literal("none") }),
]);

const baseUrlSchema = v.pipe(
  text,
  v.check((url) => originOf(url) !== undefined),
);

/** Of a passphrase only where it is to be found: the settings are no place for it. */
const secretTemplate = v.pipe(v.string(), v.trim(), v.regex(/^\$\{(secret|env):[^}]+\}$/), v.maxLength(4096));

/** To valibot a list is an object too, and one without entries would pass. */
const noList = v.check((value: unknown) => !Array.isArray(value));

function fields<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(v.unknown(), noList, v.strictObject(entries));
}

const headerName = v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/));

const endpointSchema = v.strictObject({
  id: v.pipe(text, v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), v.maxLength(100)),
  name: v.optional(text),
  baseUrl: baseUrlSchema,
  protocol: v.optional(v.picklist(["openai", "generate"]), "openai"),
  models: v.optional(
    fields({ chat: v.optional(text), embedding: v.optional(text), rerank: v.optional(text) }),
    {},
  ),
  key: v.optional(keySchema, { from: "secret" }),
  headers: v.optional(v.pipe(v.unknown(), noList, v.record(headerName, v.string())), {}),
  tls: v.optional(
    fields({
      ca: v.optional(text),
      verify: v.optional(v.boolean(), true),
      cert: v.optional(text),
      key: v.optional(text),
      pfx: v.optional(text),
      passphrase: v.optional(secretTemplate),
    }),
    {},
  ),
  proxy: v.optional(v.pipe(text, v.check(isProxy))),
  timeouts: v.optional(
    fields({
      connectMs: v.optional(milliseconds, 5000),
      firstByteMs: v.optional(milliseconds, 60_000),
      idleMs: v.optional(milliseconds, 120_000),
      totalMs: v.optional(milliseconds),
    }),
    {},
  ),
  checkEverySeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)), 60),
});

/** Characters of a name. */
const nameShown = 100;

/** How many problems of one entry are told; the rest is more of the same. */
const problemsShown = 10;

/** Of a longer list the rest is not read: nobody configures so many, and each is a row of the tree. */
const entriesRead = 2000;

/** Reads one scope's value of `qwen.endpoints`. Total: any value gives a list, and no entry spoils another. */
export function parseEndpoints(value: unknown, scope: EndpointScope): readonly EndpointEntry[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    return [wholeProblem(l10n.t("must be a list of endpoints, but is {0}", typeof value), scope)];
  }
  const entries = value.slice(0, entriesRead).map((entry: unknown, index) => parseEntry(entry, index, scope));
  return value.length <= entriesRead
    ? entries
    : [
        wholeProblem(
          l10n.t("has {0} entries, of which the first {1} are read", value.length, entriesRead),
          scope,
        ),
        ...entries,
      ];
}

/** What is wrong with the setting itself. */
function wholeProblem(problem: string, scope: EndpointScope): EndpointEntry {
  return { kind: "invalid", rowId: `${scope}:all`, name: "qwen.endpoints", scope, problems: [problem] };
}

/** Without a user and a password, which would stand in the settings in clear. */
function isProxy(value: string): boolean {
  if (value === "direct") {
    return true;
  }
  const url = originOf(value) === undefined || !/^https?:\/\//i.test(value) ? undefined : new URL(value);
  return url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === "";
}

/** Joins the scopes. The first entry of an id keeps it; later ones become problems. */
export function joinEntries(...lists: readonly (readonly EndpointEntry[])[]): readonly EndpointEntry[] {
  const taken = new Set<string>();
  return lists.flat().map((entry, index) => {
    if (entry.kind === "invalid") {
      return entry;
    }
    const { id, name, scope } = entry.endpoint;
    if (!taken.has(id)) {
      taken.add(id);
      return entry;
    }
    const problems = [l10n.t('"id": another endpoint is already called "{0}"', id)];
    return { kind: "invalid", rowId: `${scope}:duplicate:${index}`, name, scope, problems };
  });
}

function parseEntry(entry: unknown, index: number, scope: EndpointScope): EndpointEntry {
  const result = v.safeParse(endpointSchema, withoutUnsentKeys(entry));
  if (!result.success) {
    const conceal = concealer(entry);
    const issues = result.issues.slice(0, problemsShown);
    const problems = [...new Set(issues.map((issue) => problemOf(issue, conceal)))];
    const name = conceal(nameOf(entry, index));
    return { kind: "invalid", rowId: `${scope}:${index}`, name, scope, problems };
  }
  const { name, tls, timeouts, models, key, ...rest } = result.output;
  const endpoint = {
    ...withoutUndefined(rest),
    key: withoutUndefined(key),
    name: shownName(name ?? rest.id),
    // The transport tells the schemes apart by their small letters.
    baseUrl: withoutTrailingSlash(rest.baseUrl.replace(/^https?:/i, (scheme) => scheme.toLowerCase())),
    models: withoutUndefined(models),
    tls: withoutUndefined(tls),
    timeouts: withoutUndefined(timeouts),
    scope,
    exposed: exposedPlaces(entry),
  };
  return { kind: "valid", endpoint };
}

/** Dialogs show it beside the addresses they ask about: no line of its own, nothing reordered, and never so long that it hides them. */
function shownName(name: string): string {
  const shown = Array.from(visibleId(name));
  return shown.length <= nameShown ? shown.join("") : `${shown.slice(0, nameShown).join("")}…`;
}

function nameOf(entry: unknown, index: number): string {
  const fields = entry === Object(entry) ? (entry as Record<string, unknown>) : {};
  const name = [fields["name"], fields["id"]].find(
    (field) => typeof field === "string" && field.trim() !== "",
  );
  return typeof name === "string" ? name.slice(0, 100) : l10n.t("Entry {0}", index + 1);
}
