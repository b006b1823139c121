/** The messages of a draft as they go over the wire. */

import * as l10n from "@vscode/l10n";

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ChatDraft, DraftImage, DraftMessage, DraftProblem } from "./chatDraft.ts";
import { nativePath } from "./dashscopeNative.ts";
import { isTextPart, textOfMessage, type WireMessage } from "./wireMessage.ts";

/** An image in full, as the extension holds it. */
export interface HeldImage {
  readonly mime: string;
  readonly base64: string;
}

type ImageOf = (id: string) => HeldImage | undefined;

/** The system prompt first, unless it is blank. */
export function draftWire({ system, messages }: ChatDraft, imageOf: ImageOf): readonly WireMessage[] {
  const first: readonly WireMessage[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  return [...first, ...messages.map((message) => wireMessage(message, imageOf))];
}

export function messageProblems(
  { messages }: ChatDraft,
  endpoint: Endpoint,
  imageOf: ImageOf,
): readonly DraftProblem[] {
  const images = messages.flatMap((message) => message.images);
  return [
    ...(messages.length === 0
      ? [{ where: "messages", text: l10n.t("There is no message to send. Write one.") }]
      : []),
    ...messages.flatMap((message, index) =>
      isBlank(message)
        ? [
            {
              where: "messages",
              text: l10n.t("Message {0} is empty. Write something, or remove it.", index + 1),
            },
          ]
        : [],
    ),
    ...(images.length === 0 ? [] : imageProblems(images, endpoint, imageOf)),
  ];
}

/** An answer and what a tool returned may be empty; a question may not. */
function isBlank({ role, text, images, rest }: DraftMessage): boolean {
  const parts = rest?.["content"];
  const holdsMore = Array.isArray(parts) && parts.some((part) => !isTextPart(part));
  return role === "user" && text.trim() === "" && images.length === 0 && !holdsMore;
}

function imageProblems(
  images: readonly DraftImage[],
  { protocol, baseUrl }: Endpoint,
  imageOf: ImageOf,
): readonly DraftProblem[] {
  const where = "images";
  if (protocol === "generate") {
    return [{ where, text: l10n.t('The protocol "generate" takes text alone. Remove the images.') }];
  }
  if (nativePath(baseUrl) !== undefined) {
    const text = l10n.t(
      "This route of DashScope takes text alone. Remove the images, or use a base URL that ends in {0}.",
      "/compatible-mode/v1",
    );
    return [{ where, text }];
  }
  return images
    .filter(({ id }) => imageOf(id) === undefined)
    .map(({ name }) => ({
      where,
      text: l10n.t("The image {0} is not held any more. Remove it, and add it again.", name),
    }));
}

function wireMessage(message: DraftMessage, imageOf: ImageOf): WireMessage {
  const { role, rest = {}, images } = message;
  const added = images.flatMap(({ id }) => {
    const image = imageOf(id);
    return image === undefined ? [] : [imagePart(image)];
  });
  const kept = keptContent(message);
  // A field that is undefined is not sent, as beside tool calls.
  return { ...rest, role, content: added.length === 0 ? kept : [...partsOf(kept), ...added] };
}

/** OpenAI's content part, with the image itself in the URL. */
function imagePart({ mime, base64 }: HeldImage): object {
  return { type: "image_url", image_url: { url: `data:${mime};base64,${base64}` } };
}

/** The content as it came, unless its text was edited since: then the parts that are no text, and the new text where the first one was. */
function keptContent({ role, text, rest }: DraftMessage): unknown {
  if (rest === undefined || !("content" in rest)) {
    return text;
  }
  const { content } = rest;
  if (textOfMessage({ role, content }) === text) {
    return content;
  }
  if (!Array.isArray(content)) {
    return text;
  }
  const parts = content as readonly unknown[];
  const first = Math.max(0, parts.findIndex(isTextPart));
  const others = (some: readonly unknown[]): readonly unknown[] => some.filter((part) => !isTextPart(part));
  return [...others(parts.slice(0, first)), ...textParts(text), ...others(parts.slice(first))];
}

function partsOf(content: unknown): readonly unknown[] {
  return Array.isArray(content)
    ? (content as readonly unknown[])
    : textParts(typeof content === "string" ? content : "");
}

function textParts(text: string): readonly unknown[] {
  return text.trim() === "" ? [] : [{ type: "text", text }];
}
