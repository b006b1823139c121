/** The ids of the tool calls in a whole chat reply, which the tools' results have to name. */

import * as v from "valibot";

import { parseJson } from "../errorEnvelope.ts";

const calls = v.array(v.object({ id: v.fallback(v.optional(v.string()), undefined) }));
const schema = v.object({ choices: v.array(v.object({ message: v.object({ tool_calls: calls }) })) });

/** In the order of the calls; empty for a stream, or where the server names none. */
export function readCallIds(body: string): readonly (string | undefined)[] {
  const read = v.safeParse(schema, parseJson(body));
  return read.success ? (read.output.choices[0]?.message.tool_calls ?? []).map(({ id }) => id) : [];
}
