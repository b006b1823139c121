/** Messages of a conversation as they go over the wire. */

/** What stands beside role and content (`tool_calls`, `name`, `reasoning_content` …) is passed on as it is. */
export interface WireMessage {
  readonly role: string;
  /** Text, a list of parts, or null beside tool calls. */
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

export function userMessage(text: string): WireMessage {
  return { role: "user", content: text };
}

/** The text of a message: of its parts of text where it is a list, empty where it has none. */
export function textOfMessage({ content }: WireMessage): string {
  if (typeof content === "string") {
    return content;
  }
  return Array.isArray(content)
    ? content
        .map((part: unknown) => (isTextPart(part) ? part.text : ""))
        .filter((text) => text !== "")
        .join("\n")
    : "";
}

export function isTextPart(part: unknown): part is { readonly text: string } {
  return typeof part === "object" && part !== null && "text" in part && typeof part.text === "string";
}

/** What was asked last; empty where nobody asked. */
export function lastQuestion(messages: readonly WireMessage[]): string {
  const last = messages.findLast(({ role }) => role === "user");
  return last === undefined ? "" : textOfMessage(last);
}

/** All turns as one text, for a protocol that knows none: a single message as it is, more with their roles. */
export function asOnePrompt(messages: readonly WireMessage[]): string {
  const [only] = messages;
  return messages.length === 1 && only !== undefined
    ? textOfMessage(only)
    : messages.map((message) => `${message.role}: ${textOfMessage(message)}`).join("\n\n");
}
