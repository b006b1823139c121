/** Commands that send a request: chat and embeddings of the selection, and a chat from a program. */

import * as vscode from "vscode";

import { userMessage } from "../../core/chat/wireMessage.ts";
import { fieldsOf } from "../../core/chat/fields.ts";
import { readSelection } from "../../core/chat/readSelection.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { EmbeddingRecord, RunRecord } from "../../shared/runRecord.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { chatRun } from "../runs/chatRun.ts";
import { compareFromCommand } from "./compareCommand.ts";
import { embeddingRun } from "../runs/embeddingRun.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import type { ChatAsked } from "../runs/chatCourse.ts";
import { askedBy } from "./askedBy.ts";
import { readAsked } from "./askWith.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import { readChat } from "./readChat.ts";
import { type Selected, selectedText } from "./selection.ts";

type RunCommands = Pick<
  CommandHandlers,
  | "qwen.askAboutSelection"
  | "qwen.askAboutSelectionWith"
  | "qwen.embedSelection"
  | "qwen.newChat"
  | "qwen.compareModels"
  | "qwen.sendChat"
>;

export function runCommands(store: EndpointStore, dependencies: RunDependencies): RunCommands {
  const chat = (target: unknown, asked: Asked, otherwise?: string): Promise<RunRecord | undefined> => {
    const named = fromMenu(target);
    return chatWith(named ?? otherwise, { ...asked, askedBy: askedBy(named) }, store, dependencies);
  };
  return {
    "qwen.askAboutSelection": async (target) => chat(target, aboutSelection(selectedText())),
    "qwen.askAboutSelectionWith": async (first, second) => {
      const { target, given } = withArguments(first, second);
      const asked = await readAsked(given);
      return asked === undefined ? undefined : chat(target, asked, asked.endpoint);
    },
    "qwen.embedSelection": (target, text) =>
      embed(fromMenu(target), typeof text === "string" ? text : selectedText().text, store, dependencies),
    "qwen.newChat": async (target) => {
      const endpoint = await pickEndpoint(store, target);
      if (endpoint !== undefined) {
        dependencies.panels.openComposer(endpoint.id);
      }
    },
    "qwen.compareModels": async (targets, prompt) => compareFromCommand(targets, prompt, store, dependencies),
    "qwen.sendChat": async (given) => {
      const { endpoint, ...asked } = readChat(given);
      // Only a program can call it.
      return chatWith(endpoint, { ...asked, askedBy: "program" }, store, dependencies);
    },
  };
}

type Asked = Omit<ChatAsked, "endpoint" | "askedBy">;

/** The menu of an editor passes the file it was opened on, which names no endpoint. */
function fromMenu(target: unknown): unknown {
  return target instanceof vscode.Uri ? undefined : target;
}

/** A keybinding passes one argument: `{ template, endpoint? }` may stand in the place of both. */
function withArguments(
  first: unknown,
  second: unknown,
): { readonly target: unknown; readonly given: unknown } {
  const fields = fieldsOf(first);
  return second === undefined && typeof fields?.["template"] === "string"
    ? { target: fields["endpoint"], given: first }
    : { target: first, given: second };
}

/** A selection that is itself a request is sent as that; any other is the prompt. */
function aboutSelection({ text, origin }: Selected): Asked {
  const read = readSelection(text);
  if (read.kind === "refused") {
    throw new Notice(read.problem);
  }
  return read.kind === "request"
    ? { messages: read.messages, model: read.model, extra: read.extra, origin, sentAs: "request" }
    : { messages: [userMessage(text)], model: undefined, extra: {}, origin };
}

async function chatWith(
  target: unknown,
  asked: Omit<ChatAsked, "endpoint">,
  store: EndpointStore,
  dependencies: RunDependencies,
): Promise<RunRecord | undefined> {
  const endpoint = await pickEndpoint(store, target);
  return endpoint === undefined ? undefined : chatRun({ ...asked, endpoint }, dependencies);
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
