/** How what a program gets from the OpenAI SDK differs from what a run shows: only what a replay has shown. */

import * as l10n from "@vscode/l10n";

import type { FindingCode } from "../diagnosis/finding.ts";
import type { SdkReplay, SdkReplayed } from "./sdkReading.ts";

/** A run that has ended, as its page shows it. */
export interface ShownRun {
  readonly outcome: "finished" | "failed";
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly argumentsText: string }[];
  /** Of its findings, in order. */
  readonly codes: readonly FindingCode[];
}

/** What every reasoning model's reply has for a program to know; a sentence, or none. */
export function untypedReasoning({ reasoningField }: SdkReplayed, shown: ShownRun): readonly string[] {
  return reasoningField === undefined || shown.outcome === "failed"
    ? []
    : [
        l10n.t(
          "The reasoning comes in `{0}`, a field that the SDK does not type: only a program that asks for it by name gets it.",
          reasoningField,
        ),
      ];
}

/** A sentence each; empty where a program gets the same. */
export function sdkDifferences(replay: SdkReplay, replayed: SdkReplayed, shown: ShownRun): readonly string[] {
  const { got } = replayed;
  switch (got.kind) {
    case "error":
      return ofError(got, replay, shown);
    case "unusable":
      return [ofUnusable(got.value, replay)];
    case "vectors":
      return shown.outcome === "failed" ? [noError()] : [];
    case "text":
      if (got.chunks === 0 && replay.request["stream"] === true) {
        return ofNoChunks(shown);
      }
      return shown.outcome === "failed" ? [ofPassedOver(shown)] : ofTexts(got, replayed, shown);
  }
}

type Got<Kind extends SdkReplayed["got"]["kind"]> = Extract<SdkReplayed["got"], { kind: Kind }>;

function ofError({ name, message }: Got<"error">, { body }: SdkReplay, shown: ShownRun): readonly string[] {
  if (name === "SyntaxError") {
    return [l10n.t("A part of the reply is not JSON: the SDK throws a SyntaxError that does not show it.")];
  }
  if (body.trim() !== "" && /\(no (status code or )?body\)/.test(message)) {
    return [l10n.t("The SDK says that there is no body, though the server sent one.")];
  }
  return shown.outcome === "finished"
    ? [l10n.t("The SDK throws {0} where this run has an answer.", name)]
    : [];
}

function ofUnusable(value: Got<"unusable">["value"], { task }: SdkReplay): string {
  const field = task === "chat" ? "choices" : "data";
  switch (value) {
    case "object":
      return l10n.t(
        "The SDK takes the error for an answer: it throws nothing, and `{0}` is undefined in what it returns.",
        field,
      );
    case "string":
      return l10n.t("The SDK throws nothing and returns the body as a string, which has no `{0}`.", field);
    case "nothing":
      return l10n.t("The SDK throws nothing and returns no value for the empty body.");
  }
}

function ofNoChunks({ outcome, answer, toolCalls }: ShownRun): readonly string[] {
  if (outcome === "failed") {
    return [
      l10n.t("In the SDK the stream ends without a chunk and without an error: the failure is not seen."),
    ];
  }
  return answer === "" && toolCalls.length === 0
    ? [l10n.t("In the SDK the stream ends without a chunk and without an error.")]
    : [
        l10n.t(
          "The reply is no event stream: in the SDK the stream ends without a chunk and without an error.",
        ),
      ];
}

function ofPassedOver({ codes }: ShownRun): string {
  const [first] = codes;
  if (first === "stream.cut" || first === "stream.stalled") {
    return l10n.t("The stream broke off. In the SDK it ends without an error, as if the answer were whole.");
  }
  return noError();
}

function noError(): string {
  return l10n.t("The SDK throws nothing: a program does not see what is wrong with the reply.");
}

function ofTexts(got: Got<"text">, { toolCalls }: SdkReplayed, shown: ShownRun): readonly string[] {
  const hasTags = shown.reasoning !== "" && /<\/?think>/.test(got.answer) && !/<\/?think>/.test(shown.answer);
  return [
    ...(hasTags
      ? [l10n.t("`<think>` and the reasoning stay in the SDK's answer: a program has to cut them out.")]
      : []),
    ...(!hasTags && got.answer.trim() !== shown.answer.trim()
      ? [
          l10n.t(
            "The answer is another: put together from the SDK's chunks it has {0} characters, here {1}.",
            got.answer.length,
            shown.answer.length,
          ),
        ]
      : []),
    ...(callsText(toolCalls) === callsText(shown.toolCalls)
      ? []
      : [
          l10n.t(
            "The tool calls are others: put together by their `index`, they are {0}, here {1}.",
            toolCalls.length,
            shown.toolCalls.length,
          ),
        ]),
  ];
}

function callsText(calls: ShownRun["toolCalls"]): string {
  return JSON.stringify(calls.map(({ name, argumentsText }) => [name, argumentsText]));
}
