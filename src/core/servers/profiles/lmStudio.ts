/** LM Studio (facts: servers.md 0.1-0.4 and 6). */

import { commandLine, flag } from "../commandLine.ts";
import type { ProbeReply, ServerProfile } from "../serverProfile.ts";

export const lmStudio: ServerProfile = {
  id: "lm-studio",
  name: "LM Studio",
  matches: ({ header, ownedBy, error }) =>
    header("x-powered-by") === "Express" &&
    (ownedBy === "organization_owner" || error.startsWith("Unexpected endpoint or method")),
  probe: { path: "/", tells: "name", read: readRoot },
  openPaths: /^\//,
  // Unknown routes answer 200 with an error.
  envelopes: ["string", "nested"],
  unknownModel: "refused",
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  lacks: ["rerank"],
  launch: ({ model, servedName, extra }) =>
    commandLine(
      ...["lms", "load", model],
      ...flag("--identifier", servedName),
      ...(extra === "more-context" ? ["--context-length", "40960"] : []),
    ),
};

function readRoot({ body }: ProbeReply): object | undefined {
  const error = body === Object(body) ? (body as Readonly<Record<string, unknown>>)["error"] : undefined;
  return typeof error === "string" && error.startsWith("Unexpected endpoint") ? {} : undefined;
}
