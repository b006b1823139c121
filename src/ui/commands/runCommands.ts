/** Commands that send a request: chat and embeddings of the selection, and a chat from a program. */

import * as v from "valibot";
import * as vscode from "vscode";

import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { EmbeddingRecord, RunRecord } from "../../shared/runRecord.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { modelFor } from "../pickModel.ts";
import { chatRun } from "../runs/chatRun.ts";
import { embeddingRun } from "../runs/embeddingRun.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import { promptWith, selectedText } from "./selection.ts";

type RunCommands = Pick<
  CommandHandlers,
  "qwen.askAboutSelection" | "qwen.askAboutSelectionWith" | "qwen.embedSelection" | "qwen.sendChat"
>;

const chatArguments = v.object({
  endpoint: v.optional(v.unknown()),
  prompt: v.pipe(v.string(), v.minLength(1)),
  model: v.optional(v.string()),
  extra: v.optional(v.record(v.string(), v.unknown()), {}),
});

export function runCommands(store: EndpointStore, dependencies: RunDependencies): RunCommands {
  const chat = async (
    target: unknown,
    prompt: () => Promise<string | undefined>,
  ): Promise<RunRecord | undefined> => {
    const endpoint = await pickEndpoint(store, target);
    const text = endpoint === undefined ? undefined : await prompt();
    if (endpoint === undefined || text === undefined) {
      return undefined;
    }
    const model = await modelFor(endpoint, "chat", dependencies);
    return model === undefined
      ? undefined
      : chatRun({ endpoint, model, prompt: text, extra: {} }, dependencies);
  };

  const embed = async (target: unknown, input: string): Promise<EmbeddingRecord | undefined> => {
    const endpoint = await pickEndpoint(store, target);
    const model = endpoint === undefined ? undefined : await modelFor(endpoint, "embedding", dependencies);
    return endpoint === undefined || model === undefined
      ? undefined
      : embeddingRun({ endpoint, model, input }, dependencies);
  };

  return {
    "qwen.askAboutSelection": (target) => {
      const { text } = selectedText();
      return chat(target, () => Promise.resolve(text));
    },
    "qwen.askAboutSelectionWith": (target, instruction) => {
      const selected = selectedText();
      return chat(target, async () => {
        const asked = typeof instruction === "string" ? instruction : await askInstruction();
        return asked === undefined || asked.trim() === "" ? undefined : promptWith(asked, selected);
      });
    },
    "qwen.embedSelection": (target, text) =>
      embed(target, typeof text === "string" ? text : selectedText().text),
    "qwen.sendChat": async (given) => {
      const parsed = v.safeParse(chatArguments, given);
      if (!parsed.success) {
        throw new Notice(
          vscode.l10n.t(
            "qwen.sendChat takes an object with endpoint, prompt, and optionally model and extra.",
          ),
        );
      }
      const { endpoint: target, prompt, model: named, extra } = parsed.output;
      const endpoint = await pickEndpoint(store, target);
      const model =
        endpoint === undefined ? undefined : (named ?? (await modelFor(endpoint, "chat", dependencies)));
      return endpoint === undefined || model === undefined
        ? undefined
        : chatRun({ endpoint, model, prompt, extra }, dependencies);
    },
  };
}

function askInstruction(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Ask About Selection"),
    prompt: vscode.l10n.t("What to ask about the selected text"),
    placeHolder: vscode.l10n.t("Explain this, translate it, find the mistake …"),
    ignoreFocusOut: true,
  });
}
