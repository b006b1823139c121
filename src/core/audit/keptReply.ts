/** The reply as text for the log, when the user keeps content: of a stream of chat chunks what they add up to, so that a secret that a model spells out in pieces is whole when it is removed. */

import { createParser } from "eventsource-parser";

import { readChunk } from "../chat/chatChunk.ts";
import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { isEventStream } from "./auditFinding.ts";

/** Characters of a prompt and of a reply. */
export const keptCharacters = 64 * 1024;

/** Events that carry little text are read up to so many characters. */
const mostRead = 4 * 1024 * 1024;

/** Cut to what the log keeps; `…` marks the cut. */
export function cutContent(text: string): string {
  return text.length > keptCharacters ? `${text.slice(0, keptCharacters)}…` : text;
}

export interface KeptReply {
  add(piece: Uint8Array): void;
  text(): string;
}

export function keepReply(headers: Readonly<Record<string, string>>): KeptReply {
  const decoder = new TextDecoder();
  let raw = "";
  let read = 0;
  let events: EventText | undefined;
  return {
    add(piece) {
      if (raw.length > keptCharacters || read > mostRead || events?.isFull() === true) {
        return;
      }
      const text = decoder.decode(piece, { stream: true });
      read += text.length;
      if (events === undefined) {
        raw += text;
        events = isEventStream({ headers, head: raw }) ? eventText(raw) : undefined;
      } else {
        events.add(text);
      }
    },
    text: () => cutContent(events?.text() ?? raw),
  };
}

interface EventText {
  add(text: string): void;
  isFull(): boolean;
  text(): string;
}

function eventText(start: string): EventText {
  let [reasoning, answer, rest] = ["", "", ""];
  const parser = createParser({
    onEvent: ({ data }) => {
      const parts = readChunk(parseJson(data));
      reasoning += parts?.reasoning ?? "";
      answer += parts?.answer ?? "";
      // A tool's arguments come in pieces as well.
      rest += parts?.toolCalls.map(({ name, argumentsText }) => name + argumentsText).join("") ?? "";
      rest += parts === undefined && data !== "[DONE]" ? data : "";
    },
  });
  parser.feed(start);
  return {
    add: (text) => parser.feed(text),
    isFull: () => reasoning.length + answer.length + rest.length > 3 * keptCharacters,
    text: () => [reasoning, answer, rest].filter((part) => part !== "").join("\n\n"),
  };
}
