/** Drafts of a chat, and what becomes of them. */

import type { ChatDraft, DraftMessage } from "../../src/core/chat/chatDraft.ts";
import { readDraft, type ReadDraft } from "../../src/core/chat/readDraft.ts";
import type { Endpoint } from "../../src/core/endpoint/endpoint.ts";
import type { ServerId } from "../../src/core/servers/serverId.ts";
import { anEndpoint } from "./builders.ts";

export const picture = { id: "p1", name: "cat.png", mime: "image/png", bytes: 3 };
export const held = (id: string): { mime: string; base64: string } | undefined =>
  id === "p1" ? { mime: "image/png", base64: "QUJD" } : undefined;

export function said(text: string, changes: Partial<DraftMessage> = {}): DraftMessage {
  return { role: "user", text, images: [], ...changes };
}

function aDraft(changes: Partial<ChatDraft> = {}): ChatDraft {
  return {
    endpointId: "local",
    model: "",
    system: "",
    messages: [said("hi")],
    parameters: {},
    extra: "",
    ...changes,
  };
}

export function read(
  changes: Partial<ChatDraft>,
  server: ServerId | undefined = "vllm",
  endpoint: Partial<Endpoint> = {},
): ReadDraft {
  return readDraft(aDraft(changes), anEndpoint(endpoint), server, held);
}

export function extraOf(result: ReadDraft): unknown {
  return result.kind === "ready" ? result.request.extra : result.problems;
}

export function messagesOf(result: ReadDraft): unknown {
  return result.kind === "ready" ? result.request.messages : result.problems;
}

/** The places of what is wrong. */
export function wrong(result: ReadDraft): readonly string[] {
  return result.kind === "refused" ? result.problems.map(({ where }) => where) : [];
}

export function problem(result: ReadDraft): string {
  return result.kind === "refused" ? (result.problems[0]?.text ?? "") : "";
}

export const native = { baseUrl: "https://dashscope.aliyuncs.com/api/v1" };
