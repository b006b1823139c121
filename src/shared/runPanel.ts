/** The whole conversation of the run panel. It lists the runs of this window and shows one of them: a chat, a comparison, an embedding, a test or the tests of all endpoints. */

import type { ChatDraft, DraftImage, DraftProblem } from "../core/chat/chatDraft.ts";
import type { SdkReading } from "../core/chat/sdkReading.ts";
import type { EventPage } from "../core/chat/eventPage.ts";
import type { TextPage } from "../core/chat/textPage.ts";
import type { Appended } from "../core/chat/appended.ts";
import type { Usage } from "../core/chat/streamEvent.ts";
import type { RunTimings } from "../core/chat/timings.ts";
import type { TokenEstimate } from "../core/chat/tokenEstimate.ts";
import type { ToolCall } from "../core/chat/transcript.ts";
import type { Exchange } from "../core/diagnosis/exchange.ts";
import type { Severity } from "../core/diagnosis/finding.ts";
import type { Report, RungId, RungStatus, Variation } from "../core/diagnosis/report.ts";
import type { AddedImages, CompareTarget, EndpointChoice, EndpointDescription } from "./composerViews.ts";
import type { Contract } from "./link.ts";
import type { WirePart, WireSummary } from "./wireViews.ts";

/** A finding as a person reads it: texts already in their language. All strings are plain text, never markup. */
export interface FindingView {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it happens and what to do. */
  readonly explanation: string;
  /** What to do on the server that was tested. */
  readonly remedy?: string;
  readonly evidence: readonly string[];
  /** What the OpenAI SDKs say of it, a line each. */
  readonly sdk?: readonly string[];
  readonly fixes: readonly FixView[];
}

export interface FixView {
  /** Names the fix in `fix/apply`; stable within a run. */
  readonly id: string;
  readonly label: string;
  /** What it will change, such as `baseUrl: http://a/v1 → http://b/v1`. */
  readonly detail?: string;
}

export interface RungView {
  readonly id: RungId;
  readonly label: string;
  readonly status: RungStatus;
  readonly durationMs: number;
  readonly evidence: readonly string[];
  readonly variations: readonly Variation[];
  /** From the wire, secrets masked: never to be read as markup. */
  readonly exchanges: readonly Exchange[];
  /** Requests that made a model work. */
  readonly modelRequests: number;
}

/** An endpoint in the summary of all tests. */
export interface TestRowView {
  readonly endpointId: string;
  readonly name: string;
  /** `waiting`: its test has not begun. */
  readonly state: "waiting" | "running" | Report["verdict"];
  /** The title of the worst finding, or how long the server took to answer; empty until its test has ended. */
  readonly text: string;
  readonly model: string;
  /** Absent until its test has ended. */
  readonly durationMs?: number;
}

export type ReportFormat = "markdown-en" | "markdown-zh-cn" | "json";

/** What is known when a run starts. */
export interface RunHead {
  readonly runId: string;
  readonly kind: "chat" | "compare" | "embedding" | "test" | "tests";
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Of all tests: what they are called together. */
  readonly endpointName: string;
  readonly baseUrl: string;
  readonly model: string;
  /** Which machine the request leaves from, in words ("this computer", "SSH: gpu-box"). */
  readonly machine: string;
  /** Which key went along, in words (`secret …abcd`); absent until it was read, and in the summary of all tests. */
  readonly key?: string;
  /** What was asked last or embedded, cut to 2,000 characters; empty for a test. */
  readonly input: string;
  /** Of a chat: messages before the last question, the system prompt included. */
  readonly earlierMessages?: number;
  /** The selected text was itself a request, and went out as that. */
  readonly sentAs?: "request";
  /** The comparison that this run is a column of. */
  readonly parentId?: string;
}

/** How a chat or an embedding ended. */
export interface RunEnd {
  readonly state: "finished" | "stopped" | "failed";
  /** It was going on when the window was reloaded; what had come by then may be gone. */
  readonly by?: "reload";
  readonly finishReason?: string;
  readonly usage?: Usage;
  /** Token counts that `usage` lacks. */
  readonly estimate?: TokenEstimate;
  readonly timings?: RunTimings;
}

export interface VectorView {
  readonly dimensions: number;
  readonly norm: number;
  /** The first values, at most 16. */
  readonly head: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface RunVerdict {
  readonly tone: "good" | "warning" | "bad";
  readonly text: string;
}

/** Everything shown, as one value: what a page that (re)loads is given. */
export interface RunSnapshot {
  readonly head: RunHead;
  readonly answer: string;
  readonly reasoning: string;
  /** The tools that the model wants called. */
  readonly toolCalls?: readonly ToolCall[];
  /** In the order they are climbed; all rungs are there from the start of a test, as `not-reached`. */
  readonly rungs: readonly RungView[];
  readonly findings: readonly FindingView[];
  readonly vector?: VectorView;
  /** Of all tests: an endpoint each, those with failures first. */
  readonly tests?: readonly TestRowView[];
  /** Of a comparison: its runs, side by side. */
  readonly columns?: readonly RunSnapshot[];
  /** `kept`: the bytes can be looked into. `dropped`: they could, until those of newer runs needed the room. Absent for a run that was restored, and for tests, whose rungs hold them. */
  readonly wire?: "kept" | "dropped";
  /** It is from before a reload: `repeatable` where what it takes to run it again is still there, of a `record` only what is shown. */
  readonly restored?: "repeatable" | "record";
  /** Absent while it runs. */
  readonly end?: RunEnd;
  /** A test's closing sentence, such as "Healthy in 214 ms" or "Stopped at Connect". */
  readonly verdict?: RunVerdict;
}

/** A run in the list of this window's runs. */
export interface RunRow {
  readonly runId: string;
  readonly kind: RunHead["kind"];
  /** What was asked, or what was tested. */
  readonly title: string;
  readonly endpointName: string;
  readonly model: string;
  readonly startedAtMs: number;
  readonly state: "running" | RunEnd["state"] | "warnings";
}

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunRow[];
  /** Pinned: this panel stays as it is, and the next run opens another. */
  readonly pin: "pinned" | "free";
}

export interface RunPanelContract extends Contract {
  readonly events: {
    "runs/listed": RunList;
    /** Show the composer alone, for a new chat. */
    "composer/opened": ChatDraft;
    /** Throw away what is shown and show this run; a column of the comparison that is shown is replaced in its place. */
    "run/shown": RunSnapshot;
    /** Text since the last frame. Sent at most once per 33 ms, whatever the token rate. */
    "run/appended": { readonly runId: string } & Appended;
    /** Replaces the rungs, findings and verdict of a test, or adds findings to a run. */
    "run/updated": {
      readonly runId: string;
      readonly rungs: readonly RungView[];
      readonly findings: readonly FindingView[];
      readonly vector?: VectorView;
      readonly tests?: readonly TestRowView[];
      readonly verdict?: RunVerdict;
    };
    "run/ended": { readonly runId: string; readonly end: RunEnd };
  };
  readonly requests: {
    /** Asked once the page can draw. The host answers with what there is to show, or has shown it with `run/shown` before it answers null. */
    "page/ready": { params: null; result: RunSnapshot | null };
    /** Stops what runs; what has arrived stays. */
    "run/stop": { params: { readonly runId: string }; result: null };
    /** Runs the same thing again. */
    "run/again": { params: { readonly runId: string }; result: null };
    "fix/apply": { params: { readonly runId: string; readonly fixId: string }; result: null };
    /** Copies the answer, or the vector as JSON, to the clipboard. */
    "run/copy": { params: { readonly runId: string }; result: null };
    /** Copies the report of a test, in English or Chinese whatever the page's language. */
    "report/copy": { params: { readonly runId: string; readonly format: ReportFormat }; result: null };
    /** Shows the report of an endpoint in the summary of all tests. */
    "report/show": { params: { readonly runId: string; readonly endpointId: string }; result: null };
    /** Opened by the host after a click, http and https alone. */
    "link/open": { params: { readonly url: string }; result: null };
    /** Copies a fenced code block of the answer. */
    "code/copy": { params: { readonly text: string }; result: null };
    /** Puts the answer or a code block of it into the editor used last: at the cursor, in place of the selection after a look at the difference, or into a document of its own. */
    "answer/put": {
      params: {
        readonly runId: string;
        /** Absent: the whole answer. */
        readonly text?: string;
        /** A fence's language, or empty. */
        readonly language: string;
        readonly into: "cursor" | "selection" | "document";
      };
      result: null;
    };

    /** Shows a run of the list. */
    "run/select": { params: { readonly runId: string }; result: null };
    /** Takes a run that has ended off the list. */
    "run/remove": { params: { readonly runId: string }; result: null };
    /** Takes all that have ended off the list. */
    "runs/clear": { params: null; result: null };
    "panel/pin": { params: { readonly pin: RunList["pin"] }; result: null };

    /** Lets the model go on where it stopped for length. */
    "run/continue": { params: { readonly runId: string }; result: null };
    /** What the composer opens with: the conversation of a run with its answer, or what a new chat begins with. */
    "draft/of": {
      params: { readonly runId?: string; readonly answer: "with" | "without" };
      result: ChatDraft;
    };
    /** Sends it, unless there are problems. The run is shown as any other. */
    "chat/send": { params: { readonly draft: ChatDraft }; result: readonly DraftProblem[] };
    /** Sends the same to two to four at once. */
    "chat/compare": {
      params: { readonly draft: ChatDraft; readonly targets: readonly CompareTarget[] };
      result: readonly DraftProblem[];
    };
    "endpoints/list": { params: null; result: readonly EndpointChoice[] };
    "endpoint/describe": {
      params: { readonly endpointId: string; readonly model: string };
      result: EndpointDescription;
    };
    /** Asks for files with a dialog. */
    "image/pick": { params: null; result: AddedImages };
    /** One that was pasted or dropped, as base64. */
    "image/add": {
      params: { readonly name: string; readonly mime: string; readonly base64: string };
      result: DraftImage;
    };

    "wire/summary": { params: { readonly runId: string }; result: readonly WireSummary[] };
    "wire/body": { params: WirePart & { readonly page: number }; result: TextPage };
    "wire/events": {
      params: {
        readonly runId: string;
        readonly exchange: number;
        /** Case does not matter; empty lets all through. */
        readonly filter: string;
        readonly from: number;
      };
      result: EventPage;
    };
    "wire/copy": {
      params: {
        readonly runId: string;
        readonly exchange: number;
        readonly what: "request" | "reply" | "events" | "exchange";
      };
      result: null;
    };
    "sdk/reading": { params: { readonly runId: string }; result: SdkReading | null };
  };
}
