/** LMDeploy (facts: servers.md 0.1-0.10 and 6). */

import { commandLine, flag } from "../commandLine.ts";
import type { ProbeReply, ServerProfile } from "../serverProfile.ts";
import { templateSwitch } from "./templateSwitch.ts";

export const lmdeploy: ServerProfile = {
  id: "lmdeploy",
  name: "LMDeploy",
  matches: ({ ownedBy, error }) =>
    ownedBy === "lmdeploy" || error === "Unauthorized." || error === "Please request with valid api key!",
  // 0.14 refuses a key in SGLang's words, but leaves its documentation open.
  probe: { path: "/docs", tells: "name", when: "refused", read: readDocs },
  health: { path: "/health", cost: "free" },
  openPaths: /^\/(health|docs|redoc|nodes)/,
  envelopes: ["flat", "detail", "string"],
  unknownModel: "refused",
  thinking: templateSwitch,
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  lacks: ["embedding", "rerank"],
  launch: ({ model, servedName, host, port = 23333, extra }) =>
    commandLine(
      ...["lmdeploy", "serve", "api_server", model],
      ...flag("--model-name", servedName),
      ...flag("--server-name", host),
      ...["--server-port", port],
      ...(extra === "more-context" ? ["--session-len", "40960"] : []),
    ),
};

function readDocs({ status, body }: ProbeReply): object | undefined {
  return status === 200 && typeof body === "string" && /swagger/i.test(body) ? {} : undefined;
}
