/** Remedies for what a request asks: context, dimensions, tools, fields. */

import * as l10n from "@vscode/l10n";

import { commandLine } from "../../servers/commandLine.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { type About, onEach, type RemediesOf, type Remedy, type RemedyTable } from "./remedy.ts";
import { withLine } from "./withLine.ts";

const withSwitch = [
  "sglang",
  "vllm",
  "llama.cpp",
  "lmdeploy",
  "ollama",
  "dashscope",
  "siliconflow",
  "modelscope",
  "openrouter",
] as const;

const context: RemediesOf = {
  ...onEach(["sglang", "vllm", "ollama", "lmdeploy", "tgi", "lm-studio"], moreContext),
  "llama.cpp": (about) =>
    about.task === "chat" || about.task === undefined
      ? moreContext(about)
      : withLine(`${launchLine(about)} -b 8192 -ub 8192`, (line) =>
          l10n.t(
            "llama.cpp reads such an input in one batch, of -ub 512 tokens by default. Raise it: {0}",
            line,
          ),
        ),
  // The variable fits both forms of the flag: bare, and with a value since it is on by default.
  tei: (about) =>
    withLine(`AUTO_TRUNCATE=true ${launchLine(about)}`, (line) =>
      l10n.t(
        "TEI runs with auto-truncate off, so it refuses long inputs. Split them in the program, or let TEI cut: {0}",
        line,
      ),
    ),
};

export const requestRemedies: RemedyTable = {
  "request.context-length": context,
  "request.dimensions": {
    ...onEach(["sglang", "vllm"], (about) =>
      withLine(launchLine(about, { extra: "dimensions" }), (line) =>
        l10n.t(
          "{0} has to be told that the model can be cut to fewer dimensions: {1}",
          profileOf(about.serverId).name,
          line,
        ),
      ),
    ),
    dashscope: () => ({
      text: l10n.t(
        "text-embedding-v4 takes 2048, 1536, 1024, 768, 512, 256, 128 or 64 dimensions, and 1024 when none are named.",
      ),
      commands: [],
    }),
    tei: () => ({
      text: l10n.t("TEI cuts to any number up to the model's own: 1024 for 0.6B, 2560 for 4B, 4096 for 8B."),
      commands: [],
    }),
  },
  "request.tools-disabled": {
    ...onEach(["sglang", "vllm", "llama.cpp"], (about) =>
      withLine(launchLine(about, { extra: "tools" }), (line) =>
        l10n.t("Restart {0} with tool calls: {1}", profileOf(about.serverId).name, line),
      ),
    ),
    ollama: () =>
      withLine("ollama pull qwen3:8b", (line) =>
        l10n.t("The template of this model has no tools. Pull one that has: {0}", line),
      ),
  },
  "request.extra-body": {
    ...onEach(withSwitch, (about) => ({
      text: l10n.t(
        "Put what stands in extra_body at the top level of the JSON; the name is for the Python SDK alone. {0} turns thinking off with {1}",
        profileOf(about.serverId).name,
        offSwitch(about),
      ),
      commands: [],
    })),
    openai: () => ({
      text: l10n.t(
        "OpenAI refuses extra_body and every field it does not know, chat_template_kwargs and enable_thinking among them. Leave them out here.",
      ),
      commands: [],
    }),
  },
  "request.thinking-needs-stream": onEach(["dashscope"], (about) => ({
    text: l10n.t('Add {0} at the top level of the JSON, or "stream": true.', offSwitch(about)),
    commands: [],
  })),
  "request.batch-size": {
    tei: (about) =>
      withLine(`${launchLine(about)} --max-client-batch-size 128`, (line) =>
        l10n.t(
          "TEI takes 32 texts at once by default. Send fewer, or restart it with a larger limit: {0}",
          line,
        ),
      ),
    dashscope: () => ({
      text: l10n.t("DashScope takes 10 texts in one embedding request: send them in batches of 10."),
      commands: [],
    }),
  },
  "thinking.unsplit": onEach(["sglang", "vllm", "llama.cpp"], (about) =>
    withLine(launchLine(about, { extra: "reasoning" }), (line) =>
      l10n.t("Restart {0} so that it splits the thinking off: {1}", profileOf(about.serverId).name, line),
    ),
  ),
  "thinking.wrong-field": {
    ...onEach(["sglang", "llama.cpp", "lmdeploy", "dashscope", "siliconflow", "ollama"], field),
    vllm: () =>
      withLine(commandLine("pip", "install", "--upgrade", "vllm"), (line) =>
        l10n.t(
          "vLLM's field is reasoning since January 2026, and was reasoning_content before: have the client read both. Where the answer itself is in the thinking when thinking is off, as on vLLM 0.8.5, upgrade: {0}",
          line,
        ),
      ),
  },
  "thinking.cannot-disable": onEach(withSwitch, (about) => ({
    text: l10n.t(
      "{0} turns thinking off with {1} at the top level of the JSON. A model named Thinking-2507 thinks whatever is asked.",
      profileOf(about.serverId).name,
      offSwitch(about),
    ),
    commands: [],
  })),
};

function moreContext(about: About): Remedy {
  return withLine(launchLine(about, { extra: "more-context" }), (line) =>
    l10n.t(
      "Shorten the input, or restart {0} with a longer context: {1}",
      profileOf(about.serverId).name,
      line,
    ),
  );
}

function field({ serverId }: About): Remedy {
  const { name, reasoningField = "reasoning_content" } = profileOf(serverId);
  return {
    text: l10n.t("{0} puts the thinking into {1}: have the client read that field.", name, reasoningField),
    commands: [],
  };
}

/** As it stands inside the braces of a request. */
function offSwitch({ serverId }: About): string {
  return JSON.stringify(profileOf(serverId).thinking?.off ?? {}).slice(1, -1);
}
