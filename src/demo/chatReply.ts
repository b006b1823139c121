import type { AnswerForm } from "./answerForm.ts";
import { fenceFor, type CodeSample } from "./codeSample.ts";
import { readPrompt, type PromptFacts } from "./promptFacts.ts";
import { replyTexts, type ReplyText } from "./replyText.ts";
import { tokensOf } from "./wordPieces.ts";

/** What a reply is derived from, and nothing else: the same source gives the same reply. */
export interface ReplySource {
  readonly prompt: string;
  readonly messageCount: number;
  readonly unreadParts: number;
  /** Asks for an answer of just so many tokens, cut or filled up; undefined leaves it as long as it is. */
  readonly answerTokens: number | undefined;
}

/** Both parts as tokens; the answer is Markdown that says first that no model wrote it. */
export interface ChatReply {
  readonly reasoning: readonly string[];
  readonly answer: readonly string[];
}

export function composeReply(source: ReplySource, form: AnswerForm = { kind: "text" }): ChatReply {
  const facts = readPrompt(source.prompt);
  const text = replyTexts[facts.language];
  const reasoning = tokensOf(text.thinking(facts));
  if (form.kind !== "text") return { reasoning, answer: tokensOf(formed(form, facts, text)) };
  const answer = tokensOf(answerTo(source, facts, text));
  return {
    reasoning,
    answer: source.answerTokens === undefined ? answer : fitted(answer, source.answerTokens, text),
  };
}

function formed(
  form: Exclude<AnswerForm, { readonly kind: "text" }>,
  facts: PromptFacts,
  text: ReplyText,
): string {
  if (form.kind === "tool-call") return "";
  if (form.kind === "tool-result") return [text.notice, text.returned, form.result].join("\n\n");
  const { characters, words, lines } = facts;
  return JSON.stringify({ model: null, characters, words, lines });
}

function answerTo(source: ReplySource, facts: PromptFacts, text: ReplyText): string {
  const list = listed(source, facts, text).map((item) => `- ${item}`);
  const code = facts.code === undefined ? [text.prose] : [text.code, quoted(facts.code)];
  return [text.notice, text.arrived, list.join("\n"), ...code, text.closing].join("\n\n");
}

function listed(source: ReplySource, facts: PromptFacts, text: ReplyText): readonly string[] {
  const frequent = facts.frequentWords.map(({ word, count }) => `\`${word}\` (${count})`).join(", ");
  return [
    text.counts(facts),
    text.conversation(source.messageCount),
    ...(source.unreadParts === 0 ? [] : [text.unread(source.unreadParts)]),
    ...(frequent === "" ? [] : [text.frequent(frequent)]),
  ];
}

function quoted(code: CodeSample): string {
  const fence = fenceFor(code.lines);
  return [`${fence}${code.language}`, ...code.lines, fence].join("\n");
}

function fitted(answer: readonly string[], count: number, text: ReplyText): readonly string[] {
  const tokens = [...answer];
  for (let part = 1; tokens.length < count; part += 1) tokens.push(...tokensOf(text.part(part)));
  return tokens.slice(0, count);
}
