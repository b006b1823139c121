/** Which models a comparison is about: as a program names them, and those that a person can choose from. */

import * as v from "valibot";

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Health } from "../endpoint/health.ts";

/** More do not fit beside one another. */
export const mostCompared = 4;
export const fewestCompared = 2;

export interface NamedTarget {
  /** An id, a row of the tree, or the fields of an endpoint that is not configured. */
  readonly endpoint: string | Readonly<Record<string, unknown>>;
  /** Absent: the endpoint's own. */
  readonly model?: string;
}

const fields = v.pipe(
  v.unknown(),
  v.check((given) => !Array.isArray(given)),
  v.looseObject({}),
);
const target = v.union([
  v.pipe(
    v.string(),
    v.transform((endpoint): NamedTarget => ({ endpoint })),
  ),
  v.pipe(
    v.object({ endpoint: v.union([v.string(), fields]), model: v.optional(v.string()) }),
    v.transform(({ endpoint, model = "" }): NamedTarget => ({
      endpoint,
      ...(model === "" ? {} : { model }),
    })),
  ),
  v.pipe(
    fields,
    v.check((given) => !("endpoint" in given)),
    v.transform((endpoint): NamedTarget => ({ endpoint })),
  ),
]);

const targets = v.pipe(
  v.array(v.unknown()),
  v.minLength(fewestCompared),
  v.maxLength(mostCompared),
  v.array(target),
);

/** Undefined for what is no list of two to four targets. */
export function readTargets(given: unknown): readonly NamedTarget[] | undefined {
  const parsed = v.safeParse(targets, given);
  return parsed.success ? parsed.output : undefined;
}

/** A model of an endpoint; undefined: the one that is found out when it is asked. */
export interface ComparableModel {
  readonly endpoint: Endpoint;
  readonly model: string | undefined;
}

/** The configured model first, then those that the last check saw and that are for no other task. */
export function comparableModels(endpoint: Endpoint, health: Health): readonly ComparableModel[] {
  const { chat, embedding, rerank } = endpoint.models;
  const others = new Set([embedding, rerank]);
  const seen = (health.models ?? [])
    .filter(({ id, task }) => (task ?? "chat") === "chat" && !others.has(id))
    .map(({ id }) => id);
  const models = [...new Set([...(chat === undefined ? [] : [chat]), ...seen])];
  return models.length === 0
    ? [{ endpoint, model: undefined }]
    : models.map((model) => ({ endpoint, model }));
}
