/** The same question to two to four models at once, side by side in one panel. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import { isRunFix, withFix } from "../../core/chat/withFix.ts";
import type { WireMessage } from "../../core/chat/wireMessage.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { RunEnd, RunHead } from "../../shared/runPanel.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import { machineName } from "../machine.ts";
import type { RunControls } from "../panel/runPanel.ts";
import type { RunSession } from "../panel/runSession.ts";
import { fixOf } from "../panel/views.ts";
import type { Turn } from "../pickModel.ts";
import { chatHead, chatState, chatWire, followChat, type ChatAsked, type ChatState } from "./chatCourse.ts";
import { draftOfComparison } from "./draftOfComparison.ts";
import { ending } from "./ending.ts";
import { knownServer } from "./knownServer.ts";
import { currentEndpoint, type RunDependencies } from "./runDependencies.ts";

/** A model that is compared; undefined: the endpoint's own. */
export interface ComparedTarget {
  readonly endpoint: Endpoint;
  readonly model: string | undefined;
}

/** What all of them are asked. */
export interface ComparedRequest {
  readonly messages: readonly WireMessage[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly askedBy: AskedBy;
  /** What the composer opens with to ask anew. */
  readonly draft?: ChatDraft;
}

/** Resolves with a record a target, in their order, when the last has ended; closing the panel or Stop aborts all on the wire. */
export function compareRun(
  targets: readonly ComparedTarget[],
  request: ComparedRequest,
  dependencies: RunDependencies,
): Promise<readonly RunRecord[]> {
  const all = targets.map((target): ChatAsked => ({ ...request, ...target }));
  return compare(all, dependencies);
}

/** One that is asked, and what has become of it. */
interface Column {
  readonly asked: ChatAsked;
  readonly head: RunHead;
  readonly state: ChatState;
  readonly abort: AbortController;
}

/** Each has its own request: a fix may have changed that of one. */
async function compare(
  all: readonly ChatAsked[],
  dependencies: RunDependencies,
): Promise<readonly RunRecord[]> {
  const runId = crypto.randomUUID();
  const turn = oneAtATime();
  const columns = all.map((asked) => columnOf({ ...asked, turn }, runId, dependencies));
  const stopAll = new AbortController();
  stopAll.signal.addEventListener("abort", () => columns.forEach(({ abort }) => abort.abort()));
  const session = dependencies.panels.show(headOf(runId, columns, dependencies), {
    ...draftControl(columns, dependencies),
    stop: () => stopAll.abort(),
    again: () => repeat(all, dependencies),
    // The page copies it: it has the names of the figures.
    copyText: () => "",
    applyFix: () => Promise.resolve(),
    columns: new Map(
      columns.map((column, index) => [column.head.runId, controlsOf(column, index, all, dependencies)]),
    ),
  });
  return ending(session, () => followAll(columns, session, stopAll.signal, dependencies));
}

function draftControl(
  [first, ...others]: readonly Column[],
  dependencies: RunDependencies,
): Pick<RunControls, "draft"> {
  return first === undefined
    ? {}
    : { draft: () => draftOfComparison([first, ...others], knownServer(dependencies, first.asked.endpoint)) };
}

function repeat(all: readonly ChatAsked[], dependencies: RunDependencies): void {
  const fresh = all.map((asked) => ({ ...asked, endpoint: currentEndpoint(dependencies, asked.endpoint) }));
  dependencies.inBackground(compare(fresh, dependencies));
}

function columnOf(asked: ChatAsked, parentId: string, dependencies: RunDependencies): Column {
  const state = chatState(asked, dependencies);
  const head: RunHead = { ...chatHead(asked, state.model, dependencies), parentId };
  return { asked, head, state, abort: new AbortController() };
}

/** A column is repeated with the others: figures are compared that were measured at the same time. */
function controlsOf(
  { asked, state, abort }: Column,
  index: number,
  all: readonly ChatAsked[],
  dependencies: RunDependencies,
): RunControls {
  return {
    wire: chatWire(state, dependencies),
    stop: () => abort.abort(),
    again: () => repeat(all, dependencies),
    copyText: () => state.transcript.answer,
    applyFix: async (fixId) => {
      const fix = fixOf(state.transcript.findings, fixId);
      if (fix !== undefined && isRunFix(fix)) {
        const changed = { ...asked, extra: withFix(asked.extra, fix) };
        repeat(all.with(index, changed), dependencies);
      } else if (fix !== undefined) {
        await dependencies.applyFix(asked.endpoint.id, fix);
      }
    },
  };
}

/** What one of them does never delays another. */
async function followAll(
  columns: readonly Column[],
  session: RunSession,
  stopAll: AbortSignal,
  dependencies: RunDependencies,
): Promise<readonly RunRecord[]> {
  // All are there before the first byte of any.
  const shown = columns.map((column) => ({ ...column, session: session.column(column.head, "kept") }));
  const settled = await Promise.allSettled(
    shown.map(({ asked, session: column, state, abort }) =>
      ending(column, () => followChat(asked, column, state, abort.signal, dependencies)),
    ),
  );
  const records = settled.map((each) => {
    if (each.status === "rejected") {
      throw each.reason;
    }
    return each.value;
  });
  session.end({ state: stopAll.aborted ? "stopped" : endOf(records) });
  return records;
}

/** One that was stopped by itself stops no comparison in which another has finished. */
function endOf(records: readonly RunRecord[]): RunEnd["state"] {
  const outcomes = new Set(records.map(({ outcome }) => outcome));
  if (outcomes.has("finished")) {
    return "finished";
  }
  return outcomes.has("stopped") ? "stopped" : "failed";
}

function headOf(
  runId: string,
  columns: readonly Column[],
  { clock }: Pick<RunDependencies, "clock">,
): RunHead {
  const [first] = columns;
  const names = (values: readonly string[]): readonly string[] => [
    ...new Set(values.filter((value) => value !== "")),
  ];
  const earlier = first?.head.earlierMessages;
  return {
    runId,
    kind: "compare",
    startedAtMs: clock.epochMs(),
    endpointName: names(columns.map(({ head }) => head.endpointName)).join(" · "),
    baseUrl: "",
    model: names(columns.map(({ head }) => head.model)).join(" · "),
    machine: machineName(),
    input: first?.head.input ?? "",
    ...(earlier === undefined ? {} : { earlierMessages: earlier }),
  };
}

/** A second dialog would close the first, so it waits for it. */
function oneAtATime(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (dialog) => {
    const next = last.then(dialog, dialog);
    last = next;
    return next;
  };
}
