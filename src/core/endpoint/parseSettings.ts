/** Reads `qwen.endpoints`: whatever stands in the settings becomes endpoints and, entry by entry, clear problems. */

import * as l10n from "@vscode/l10n";
import * as v from "valibot";

import { originOf, withoutTrailingSlash } from "./baseUrl.ts";
import type { Endpoint, EndpointScope } from "./endpoint.ts";
import { problemOf } from "./settingsProblem.ts";

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
  v.strictObject({ from: v.literal("env"), name: text }),
  v.strictObject({ from: v.literal("file"), path: text }),
  v.strictObject({ from: v.literal("command"), command: v.pipe(v.array(text), v.minLength(1)) }),
  v.strictObject({ from: v.literal("keychain"), service: text, account: text }),
  v.strictObject({ from: v.literal("none") }),
]);

const baseUrlSchema = v.pipe(
  text,
  v.check((url) => originOf(url) !== undefined),
  v.check((url) => !/^https?:\/\/[^/]*@/i.test(url)),
);

const endpointSchema = v.strictObject({
  id: v.pipe(text, v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), v.maxLength(100)),
  name: v.optional(text),
  baseUrl: baseUrlSchema,
  protocol: v.optional(v.picklist(["openai", "generate"]), "openai"),
  models: v.optional(
    v.strictObject({ chat: v.optional(text), embedding: v.optional(text), rerank: v.optional(text) }),
    {},
  ),
  key: v.optional(keySchema, { from: "secret" }),
  headers: v.optional(v.record(v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)), v.string()), {}),
  tls: v.optional(v.strictObject({ ca: v.optional(text), verify: v.optional(v.boolean(), true) }), {}),
  timeouts: v.optional(
    v.strictObject({
      connectMs: v.optional(milliseconds, 5000),
      firstByteMs: v.optional(milliseconds, 60_000),
      idleMs: v.optional(milliseconds, 120_000),
      totalMs: v.optional(milliseconds),
    }),
    {},
  ),
  checkEverySeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)), 60),
});

/** How many problems of one entry are told; the rest is more of the same. */
const problemsShown = 10;

/** Reads one scope's value of `qwen.endpoints`. Total: any value gives a list, and no entry spoils another. */
export function parseEndpoints(value: unknown, scope: EndpointScope): readonly EndpointEntry[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    const problem = l10n.t(
      "must be a list of endpoints, but is {0}",
      value === Object(value) ? "object" : typeof value,
    );
    return [{ kind: "invalid", rowId: `${scope}:all`, name: "qwen.endpoints", scope, problems: [problem] }];
  }
  return value.map((entry: unknown, index) => parseEntry(entry, index, scope));
}

/** Joins the scopes. The first entry of an id keeps it; later ones become problems. */
export function joinEntries(...lists: readonly (readonly EndpointEntry[])[]): readonly EndpointEntry[] {
  const taken = new Set<string>();
  return lists.flat().map((entry) => {
    if (entry.kind === "invalid") {
      return entry;
    }
    const { id, name, scope } = entry.endpoint;
    if (!taken.has(id)) {
      taken.add(id);
      return entry;
    }
    const problems = [l10n.t('"id": another endpoint is already called "{0}"', id)];
    return {
      kind: "invalid",
      rowId: `${scope}:duplicate:${id}:${taken.size}:${name}`,
      name,
      scope,
      problems,
    };
  });
}

function parseEntry(entry: unknown, index: number, scope: EndpointScope): EndpointEntry {
  const result = v.safeParse(endpointSchema, entry);
  if (!result.success) {
    const problems = [...new Set(result.issues.map(problemOf))].slice(0, problemsShown);
    return { kind: "invalid", rowId: `${scope}:${index}`, name: nameOf(entry, index), scope, problems };
  }
  const { name, tls, timeouts, models, ...rest } = result.output;
  const endpoint = {
    ...rest,
    name: name ?? rest.id,
    baseUrl: withoutTrailingSlash(rest.baseUrl),
    models: withoutUndefined(models),
    tls: withoutUndefined(tls),
    timeouts: withoutUndefined(timeouts),
    scope,
  };
  return { kind: "valid", endpoint };
}

function nameOf(entry: unknown, index: number): string {
  const fields = entry === Object(entry) ? (entry as Record<string, unknown>) : {};
  const name = [fields["name"], fields["id"]].find(
    (field) => typeof field === "string" && field.trim() !== "",
  );
  return typeof name === "string" ? name.slice(0, 100) : l10n.t("Entry {0}", index + 1);
}

/** Drops the keys whose value is undefined, which is what `exactOptionalPropertyTypes` asks of optional fields. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
