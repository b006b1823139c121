/** What to do about a finding on one server: the exact flag, line or field there, where the finding's own text has to speak of all. */

import type { Task } from "../../endpoint/endpoint.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import type { ServerId } from "../../servers/serverId.ts";
import type { FindingCode } from "../finding.ts";

/** Where a finding was made. */
export interface About {
  readonly serverId: ServerId;
  readonly version?: string | undefined;
  /** The model that was asked for. */
  readonly model?: string | undefined;
  readonly task?: Task | undefined;
  readonly baseUrl?: string | undefined;
  /** What the server lists; absent where it has no list. */
  readonly served?: readonly ModelInfo[] | undefined;
}

export interface Remedy {
  /** One to three sentences in the language of the moment of the call. */
  readonly text: string;
  /** Lines to paste into a terminal, or into the file that the text names. */
  readonly commands: readonly string[];
}

/** Undefined where the task or the version makes it pointless. */
export type MakeRemedy = (about: About) => Remedy | undefined;

export type RemediesOf = { readonly [Id in ServerId]?: MakeRemedy | undefined };

/** By code, then by server. */
export type RemedyTable = Readonly<Partial<Record<FindingCode, RemediesOf>>>;

/** The same for several servers. */
export function onEach(ids: readonly ServerId[], make: MakeRemedy): RemediesOf {
  return Object.fromEntries(ids.map((id) => [id, make]));
}
