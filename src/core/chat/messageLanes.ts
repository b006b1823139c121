/** Which of a message's fields are answer and which are reasoning. */

import { type Fields, fieldsOf, listOf, textOf } from "./fields.ts";

interface Lanes {
  readonly answer: string;
  readonly reasoning: string;
}

/** vLLM calls it `reasoning` since 2026-01-30 and sent both for a while (servers.md 0.9); Ollama's own name is `thinking`. */
const reasoningFields = ["reasoning_content", "reasoning", "thinking"] as const;

/** No part of a message nests deeper; more is somebody's joke. */
const deepest = 4;

export function lanesOf(message: Fields): Lanes {
  const { content } = message;
  const inContent = typeof content === "string" ? { answer: content, reasoning: "" } : partsOf(content);
  return { answer: inContent.answer, reasoning: fieldReasoning(message) + inContent.reasoning };
}

function fieldReasoning(message: Fields): string {
  for (const name of reasoningFields) {
    const value = message[name];
    const text = typeof value === "string" || value == null ? value : textIn(value, deepest);
    if (text != null && text !== "") {
      return text;
    }
  }
  // OpenRouter repeats here, in pieces with a type each, what it says in `reasoning`; some models say it here alone.
  const details = message["reasoning_details"];
  return details == null ? "" : textIn(details, deepest);
}

/** Mistral, OpenRouter and DashScope's multimodal models send a list of parts: `{type: "text" | "thinking" …}`. */
function partsOf(content: unknown): Lanes {
  const parts = listOf(content) ?? (fieldsOf(content) === undefined ? [] : [content]);
  let answer = "";
  let reasoning = "";
  for (const part of parts) {
    const text = textIn(part, deepest);
    if (/^(thinking|reasoning)/.test(textOf(fieldsOf(part)?.["type"]) ?? "")) {
      reasoning += text;
    } else {
      answer += text;
    }
  }
  return { answer, reasoning };
}

function textIn(value: unknown, depth: number): string {
  if (typeof value === "string" || depth === 0) {
    return textOf(value) ?? "";
  }
  const list = listOf(value);
  if (list !== undefined) {
    return list.map((each) => textIn(each, depth - 1)).join("");
  }
  const fields = fieldsOf(value) ?? {};
  const held =
    fields["text"] ?? fields["thinking"] ?? fields["reasoning"] ?? fields["summary"] ?? fields["content"];
  return textIn(held, depth - 1);
}
