/** What a person reads about replies that arrive bit by bit. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const streamTexts: AreaTexts<"stream"> = {
  "stream.error-event": {
    title: () => l10n.t("The stream carries an error"),
    explanation: () =>
      l10n.t(
        "The server had already answered 200 when the generation failed, so it sent the error as an event in the stream; the OpenAI SDK raises an APIError without a status. SGLang up to v0.5.9 sends errors of a wrong request in this way too. Read the message in the evidence, and the server's log at this time.",
      ),
  },
  "stream.no-done": {
    title: () => l10n.t("The stream ends without [DONE]"),
    explanation: () =>
      l10n.t(
        "The connection was closed in order, but the final data: [DONE] never came. The OpenAI SDK ends silently, so an answer that was cut off looks complete. When finish_reason is missing as well, the server or a proxy stopped early: look in their logs.",
      ),
  },
  "stream.buffered": {
    title: () => l10n.t("The stream arrives in one piece"),
    explanation: () =>
      l10n.t(
        "The server streams, but all parts arrive together at the end, so the first word is as late as the last. Usually a proxy in between collects the reply: on nginx set proxy_buffering off and leave event streams uncompressed. Call the server directly to compare.",
      ),
  },
  "stream.plain-json": {
    title: () => l10n.t("The server does not stream"),
    explanation: () =>
      l10n.t(
        "The request asked for a stream, and the reply is one plain JSON document. The OpenAI SDK for JavaScript then yields no part at all and raises no error, so the answer looks empty. Update the server or gateway, or send the request without stream: true.",
      ),
  },
  "stream.stalled": {
    title: () => l10n.t("The reply stopped and stayed silent"),
    explanation: () =>
      l10n.t(
        "The reply began, then nothing more arrived for longer than the time allowed, while the connection stayed open. Usually the engine is stuck or swamped, or a proxy lost the server behind it. Look in the server's log; when such pauses are normal, raise timeouts.idleMs of the endpoint.",
      ),
  },
  "stream.cut": {
    title: () => l10n.t("The connection broke in the middle of the stream"),
    explanation: () =>
      l10n.t(
        'The stream began, and the connection was then reset before its end; the OpenAI SDK for JavaScript says "terminated". Usually the server process ended, often for lack of memory, or a proxy reached its time limit. Look in the server\'s log, and on nginx raise proxy_read_timeout.',
      ),
  },
};
