/** Commands that send a request: chat and embeddings of the selection, and a chat from a program. */

import * as v from "valibot";
import * as vscode from "vscode";

import { userMessage } from "../../core/chat/wireMessage.ts";
import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { EmbeddingRecord, RunRecord } from "../../shared/runRecord.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { chatRun } from "../runs/chatRun.ts";
import { compareFromCommand } from "./compareCommand.ts";
import { embeddingRun } from "../runs/embeddingRun.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import { askedBy } from "./askedBy.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import { promptWith, selectedText } from "./selection.ts";

type RunCommands = Pick<
  CommandHandlers,
  | "qwen.askAboutSelection"
  | "qwen.askAboutSelectionWith"
  | "qwen.embedSelection"
  | "qwen.newChat"
  | "qwen.compareModels"
  | "qwen.sendChat"
>;

const chatArguments = v.object({
  endpoint: v.optional(v.unknown()),
  prompt: v.pipe(v.string(), v.minLength(1)),
  model: v.optional(v.string()),
  extra: v.optional(v.record(v.string(), v.unknown()), {}),
});

export function runCommands(store: EndpointStore, dependencies: RunDependencies): RunCommands {
  const chat = (given: ChatArguments): Promise<RunRecord | undefined> =>
    chatWith(given, askedBy(given.endpoint), store, dependencies);
  return {
    "qwen.askAboutSelection": (endpoint) => chat({ endpoint, prompt: selectedText().text, extra: {} }),
    "qwen.askAboutSelectionWith": async (endpoint, instruction) => {
      const selected = selectedText();
      const asked = typeof instruction === "string" ? instruction : await askInstruction();
      return asked === undefined || asked.trim() === ""
        ? undefined
        : chat({ endpoint, prompt: promptWith(asked, selected), extra: {} });
    },
    "qwen.embedSelection": (target, text) =>
      embed(target, typeof text === "string" ? text : selectedText().text, store, dependencies),
    "qwen.newChat": async (target) => {
      const endpoint = await pickEndpoint(store, target);
      if (endpoint !== undefined) {
        dependencies.panels.openComposer(endpoint.id);
      }
    },
    "qwen.compareModels": async (targets, prompt) => compareFromCommand(targets, prompt, store, dependencies),
    // Only a program can call it.
    "qwen.sendChat": async (given) => chatWith(readChatArguments(given), "program", store, dependencies),
  };
}

function readChatArguments(given: unknown): ChatArguments {
  const parsed = v.safeParse(chatArguments, given);
  if (parsed.success) {
    return parsed.output;
  }
  throw new Notice(
    vscode.l10n.t("qwen.sendChat takes an object with endpoint, prompt, and optionally model and extra."),
  );
}

type ChatArguments = v.InferOutput<typeof chatArguments>;

async function chatWith(
  given: ChatArguments,
  asker: AskedBy,
  store: EndpointStore,
  dependencies: RunDependencies,
): Promise<RunRecord | undefined> {
  const { prompt, extra, model } = given;
  const endpoint = await pickEndpoint(store, given.endpoint);
  return endpoint === undefined
    ? undefined
    : chatRun({ endpoint, model, messages: [userMessage(prompt)], extra, askedBy: asker }, dependencies);
}

async function embed(
  target: unknown,
  input: string,
  store: EndpointStore,
  dependencies: RunDependencies,
): Promise<EmbeddingRecord | undefined> {
  const endpoint = await pickEndpoint(store, target);
  return endpoint === undefined
    ? undefined
    : embeddingRun({ endpoint, model: undefined, input, askedBy: askedBy(target) }, dependencies);
}

function askInstruction(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Ask About Selection"),
    prompt: vscode.l10n.t("What to ask about the selected text"),
    placeHolder: vscode.l10n.t("Explain this, translate it, find the mistake …"),
    ignoreFocusOut: true,
  });
}
