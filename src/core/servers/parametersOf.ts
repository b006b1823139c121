/** What may be set on a server, as data: names, ranges, defaults, and its switch for thinking. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ParameterSpec, ThinkingControl } from "./chatParameters.ts";
import type { ServerId } from "./serverId.ts";

/** In the order in which they are shown. Of an unknown server those of OpenAI. */
export function parametersOf(
  _server: ServerId | undefined,
  _protocol: Endpoint["protocol"],
): readonly ParameterSpec[] {
  return [];
}

export function thinkingOf(_server: ServerId | undefined): ThinkingControl | undefined {
  return undefined;
}
