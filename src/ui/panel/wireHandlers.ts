/** The bytes of a run, in the parts that the page asks for. */

import { eventPage } from "../../core/chat/eventPage.ts";
import { indentedBody } from "../../core/chat/indentJson.ts";
import type { WireExchange } from "../../core/chat/runWire.ts";
import type { SdkReading } from "../../core/chat/sdkReading.ts";
import { textPage } from "../../core/chat/textPage.ts";
import { eventsText, exchangeText, replyText, requestText } from "../../core/chat/wireText.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import type { WirePart, WireSummary } from "../../shared/wireViews.ts";
import type { ControlsOf, WireHandlers } from "./panelDoors.ts";

interface WirePorts {
  readonly redactor: Redactor;
  /** Puts a clean text on the clipboard. */
  readonly copy: (text: string) => PromiseLike<void>;
}

/** What was recorded is clean; the redactor takes out what has become known as a secret since. */
export function wireHandlers(controlsOf: ControlsOf, { redactor, copy }: WirePorts): WireHandlers {
  const exchanges = (runId: string): readonly WireExchange[] => controlsOf(runId)?.wire?.exchanges() ?? [];
  const bodyOf = bodyReader();
  return {
    "wire/summary": ({ runId }) => Promise.resolve(exchanges(runId).map(summaryOf)),
    "wire/body": ({ page, ...part }) => {
      const shown = textPage(bodyOf(part, exchanges(part.runId)[part.exchange]), page);
      return Promise.resolve({ ...shown, text: redactor.clean(shown.text) });
    },
    "wire/events": ({ runId, exchange, filter, from }) => {
      const page = eventPage(exchanges(runId)[exchange]?.events ?? [], filter, from);
      const events = page.events.map((event) => ({ ...event, text: redactor.clean(event.text) }));
      return Promise.resolve({ ...page, events });
    },
    "wire/copy": async ({ runId, exchange, what }) => {
      const copied = exchanges(runId)[exchange];
      if (copied !== undefined) {
        await copy(redactor.clean(copiedText(copied, what)));
      }
      return null;
    },
    "sdk/reading": async ({ runId }) => {
      const reading = await controlsOf(runId)?.wire?.sdkReading();
      return reading === undefined ? null : shownReading(reading, (text) => redactor.clean(text));
    },
  };
}

function summaryOf(exchange: WireExchange): WireSummary {
  const { method, url, requestHeaders, requestCut, replyHeaders, replyCut, durationMs } = exchange;
  const { status, fault } = exchange;
  return {
    ...{ method, url, requestHeaders, requestCut, replyHeaders, replyCut, durationMs },
    ...(status === undefined ? {} : { status }),
    ...(fault === undefined ? {} : { fault }),
    requestCharacters: exchange.requestBody.length,
    replyCharacters: exchange.replyBody.length,
    events: exchange.events.filter(({ kind }) => kind !== "end").length,
  };
}

/** Indents a body once, not for each of its pages. */
function bodyReader(): (part: WirePart, exchange: WireExchange | undefined) => string {
  let last: { readonly exchange: WireExchange; readonly body: string; readonly text: string } | undefined;
  return ({ part }, exchange) => {
    if (exchange === undefined) {
      return "";
    }
    const body = part === "request" ? exchange.requestBody : exchange.replyBody;
    if (last?.exchange !== exchange || last.body !== body) {
      last = { exchange, body, text: indentedBody(body) };
    }
    return last.text;
  };
}

type Copied = RunPanelContract["requests"]["wire/copy"]["params"]["what"];

function copiedText(exchange: WireExchange, what: Copied): string {
  switch (what) {
    case "request":
      return requestText(exchange);
    case "reply":
      return replyText(exchange);
    case "events":
      return eventsText(exchange.events);
    case "exchange":
      return exchangeText(exchange);
  }
}

/** As much of a text as the page shows of what a program would have got. */
const readingText = 4 * 1024;

function shownReading(reading: SdkReading, clean: (text: string) => string): SdkReading {
  const { got } = reading;
  const shown = (text: string): string =>
    clean(text.length > readingText ? `${text.slice(0, readingText)}…` : text);
  switch (got.kind) {
    case "text":
      return { ...reading, got: { ...got, answer: shown(got.answer), reasoning: shown(got.reasoning) } };
    case "error":
      return { ...reading, got: { ...got, message: shown(got.message) } };
    default:
      return reading;
  }
}
