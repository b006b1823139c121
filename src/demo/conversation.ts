import { invalid, isJsonObject, valid, type Checked } from "./json.ts";
import { countTokens } from "./wordPieces.ts";

/** The messages of a chat request, reduced to what the demo uses. */
export interface Conversation {
  /** The last message of the user; where there is none, the last message. */
  readonly prompt: string;
  readonly messageCount: number;
  /** Pictures, sound and other parts that are not text. */
  readonly unreadParts: number;
  readonly tokens: number;
  /** What the last message says, where it is a tool's. */
  readonly toolResult: string | undefined;
}

interface Message {
  readonly role: string;
  readonly text: string;
  readonly unreadParts: number;
}

export function readMessages(value: unknown): Checked<Conversation> {
  if (!Array.isArray(value) || value.length === 0)
    return invalid("messages must be a list with at least one message.");
  const messages: Message[] = [];
  for (const [index, entry] of value.entries()) {
    const message = readMessage(entry);
    if (message === undefined) {
      return invalid(`messages[${index}] must have a role and a content that is text or a list of parts.`);
    }
    messages.push(message);
  }
  return valid({
    prompt: (messages.findLast(({ role }) => role === "user") ?? messages.at(-1))?.text ?? "",
    messageCount: messages.length,
    unreadParts: messages.reduce((sum, message) => sum + message.unreadParts, 0),
    tokens: messages.reduce((sum, message) => sum + countTokens(message.text), 0),
    toolResult: messages.at(-1)?.role === "tool" ? messages.at(-1)?.text : undefined,
  });
}

function readMessage(value: unknown): Message | undefined {
  if (!isJsonObject(value) || typeof value["role"] !== "string") return undefined;
  const { role, content } = value;
  if (typeof content === "string") return { role, text: content, unreadParts: 0 };
  // An assistant message that only calls a tool has no content.
  if (content === null || content === undefined) return { role, text: "", unreadParts: 0 };
  return Array.isArray(content) ? readParts(role, content) : undefined;
}

function readParts(role: string, parts: readonly unknown[]): Message {
  const texts = parts.map(textOfPart).filter((text) => text !== undefined);
  return { role, text: texts.join("\n"), unreadParts: parts.length - texts.length };
}

function textOfPart(part: unknown): string | undefined {
  if (typeof part === "string") return part;
  return isJsonObject(part) && typeof part["text"] === "string" ? part["text"] : undefined;
}
