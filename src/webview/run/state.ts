import { withAppended } from "../../core/chat/appended.ts";
import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { FindingView, RunEnd, RunPanelContract, RunSnapshot } from "../../shared/runPanel.ts";
import type { AskState } from "../parts/askState.ts";

export type PageState =
  | { readonly phase: "loading" }
  | { readonly phase: "empty" }
  | { readonly phase: "broken"; readonly reason: string }
  | { readonly phase: "composing"; readonly draft: ChatDraft }
  | { readonly phase: "run"; readonly run: RunView };

/** A run as the page knows it: what the host told, and what was seen here. */
export interface RunView {
  readonly snapshot: RunSnapshot;
  /** Differs between two `run/shown`, even of the same run: what was drawn for one is not continued for the other. */
  readonly generation: number;
  /** How often an answer turned out to have been reasoning: then it is drawn anew. */
  readonly relabelled: number;
  /** When reasoning was seen to begin and to end, on the page's clock; absent for what happened before the page was there. */
  readonly thinking: { readonly sinceMs?: number; readonly untilMs?: number };
  /** When the first text of the answer was seen; if that turns out to be reasoning, thinking began then. */
  readonly answerSinceMs?: number;
  /** What was asked of the host, by the name of the button. */
  readonly asks: Readonly<Record<string, AskState>>;
  /** Of a comparison: its runs, side by side; they are here and not in the snapshot. */
  readonly columns?: readonly RunView[];
}

type Events = RunPanelContract["events"];

export type Action =
  | { readonly kind: "shown"; readonly snapshot: RunSnapshot }
  | { readonly kind: "composing"; readonly draft: ChatDraft }
  | { readonly kind: "nothing-to-show" }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "appended"; readonly event: Events["run/appended"]; readonly atMs: number }
  | { readonly kind: "updated"; readonly event: Events["run/updated"] }
  | { readonly kind: "ended"; readonly event: Events["run/ended"]; readonly atMs: number }
  | { readonly kind: "asked"; readonly runId: string; readonly name: string; readonly state: AskState }
  | { readonly kind: "forgotten"; readonly runId: string; readonly name: string };

export const initialState: PageState = { phase: "loading" };

/** Pure. An event of another run than the one shown changes nothing: it was under way when the run was replaced. */
export function reduce(state: PageState, action: Action): PageState {
  switch (action.kind) {
    case "shown":
      return shown(state, action.snapshot);
    case "composing":
      return { phase: "composing", draft: action.draft };
    case "nothing-to-show":
      return state.phase === "run" || state.phase === "composing" ? state : { phase: "empty" };
    case "unreachable":
      return state.phase === "run" ? state : { phase: "broken", reason: action.reason };
    default:
      return state.phase === "run" ? { phase: "run", run: reduceRun(state.run, action) } : state;
  }
}

function shown(state: PageState, snapshot: RunSnapshot): PageState {
  const run = state.phase === "run" ? state.run : undefined;
  const { parentId } = snapshot.head;
  if (parentId === undefined) {
    return { phase: "run", run: viewOf(snapshot, run === undefined ? 0 : run.generation + 1) };
  }
  return run?.snapshot.head.runId === parentId ? { phase: "run", run: withColumn(run, snapshot) } : state;
}

function withColumn(run: RunView, snapshot: RunSnapshot): RunView {
  const { columns = [] } = run;
  const place = columns.findIndex((column) => column.snapshot.head.runId === snapshot.head.runId);
  const view = viewOf(snapshot, (columns[place]?.generation ?? -1) + 1);
  return { ...run, columns: place === -1 ? [...columns, view] : columns.with(place, view) };
}

type RunAction = Exclude<Action, { kind: "shown" | "composing" | "nothing-to-show" | "unreachable" }>;

function reduceRun(run: RunView, action: RunAction): RunView {
  const runId = "event" in action ? action.event.runId : action.runId;
  if (runId !== run.snapshot.head.runId) {
    const isColumn = run.columns?.some(({ snapshot }) => snapshot.head.runId === runId) === true;
    return isColumn ? { ...run, columns: run.columns.map((column) => reduceRun(column, action)) } : run;
  }
  switch (action.kind) {
    case "appended":
      return appended(run, action.event, action.atMs);
    case "updated":
      return { ...run, snapshot: updated(run.snapshot, action.event) };
    case "ended":
      return ended(run, action.event.end, action.atMs);
    case "asked":
      return { ...run, asks: { ...run.asks, [action.name]: action.state } };
    case "forgotten":
      return {
        ...run,
        asks: Object.fromEntries(Object.entries(run.asks).filter(([name]) => name !== action.name)),
      };
  }
}

function viewOf({ columns, ...snapshot }: RunSnapshot, generation: number): RunView {
  const view = { snapshot, generation, relabelled: 0, thinking: {}, asks: {} };
  return columns === undefined ? view : { ...view, columns: columns.map((column) => viewOf(column, 0)) };
}

function appended(run: RunView, event: Events["run/appended"], atMs: number): RunView {
  const snapshot = withAppended(run.snapshot, event);
  const isRelabelled = event.relabelled === true;
  const answerSinceMs = isRelabelled || run.answerSinceMs === undefined ? atMs : run.answerSinceMs;
  return {
    ...run,
    snapshot,
    relabelled: run.relabelled + (isRelabelled ? 1 : 0),
    thinking: thinkingOf(run, snapshot, isRelabelled, atMs),
    ...(snapshot.answer === "" ? {} : { answerSinceMs }),
  };
}

/** Thinking begins with the first reasoning, and ends with the first text or tool call after it. */
function thinkingOf(
  run: RunView,
  snapshot: RunSnapshot,
  isRelabelled: boolean,
  atMs: number,
): RunView["thinking"] {
  const before = run.thinking;
  const began = isRelabelled ? (run.answerSinceMs ?? atMs) : atMs;
  const sinceMs = before.sinceMs ?? (snapshot.reasoning === run.snapshot.reasoning ? undefined : began);
  const isOver = snapshot.answer !== "" || snapshot.toolCalls !== undefined;
  const untilMs = before.untilMs ?? (isOver && sinceMs !== undefined ? atMs : undefined);
  return {
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
}

function updated(snapshot: RunSnapshot, event: Events["run/updated"]): RunSnapshot {
  const isTest = snapshot.head.kind === "test";
  return {
    ...snapshot,
    rungs: isTest ? event.rungs : snapshot.rungs,
    findings: isTest ? event.findings : withNew(snapshot.findings, event.findings),
    ...(event.vector === undefined ? {} : { vector: event.vector }),
    ...(event.tests === undefined ? {} : { tests: event.tests }),
    ...(event.verdict === undefined ? {} : { verdict: event.verdict }),
  };
}

/** The host may repeat what it has sent; a finding is the same when it says the same. */
function withNew(shown: readonly FindingView[], sent: readonly FindingView[]): readonly FindingView[] {
  const known = new Set(shown.map((finding) => JSON.stringify(finding)));
  return [...shown, ...sent.filter((finding) => !known.has(JSON.stringify(finding)))];
}

function ended(run: RunView, end: RunEnd, atMs: number): RunView {
  const { sinceMs, untilMs } = run.thinking;
  const thinking = sinceMs !== undefined && untilMs === undefined ? { sinceMs, untilMs: atMs } : run.thinking;
  return { ...run, thinking, snapshot: { ...run.snapshot, end } };
}
