/** Remedies for a server that loads, is busy or has died, and for what it opens to others. */

import * as l10n from "@vscode/l10n";

import { atRoot } from "../../servers/atRoot.ts";
import { commandLine } from "../../servers/commandLine.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { type About, onEach, type Remedy, type RemedyTable } from "./remedy.ts";
import { withLine } from "./withLine.ts";

const watched = ["sglang", "vllm", "llama.cpp", "tei", "tgi", "lmdeploy"] as const;

export const serverRemedies: RemedyTable = {
  "server.loading": {
    ...onEach(watched, watchHealth),
    xinference: () =>
      withLine("xinference list", (line) =>
        l10n.t("Xinference asks to wait 30 seconds while it loads. See which models are ready: {0}", line),
      ),
    ollama: () =>
      withLine("ollama ps", (line) =>
        l10n.t("Ollama loads a model at its first request. See what is loaded: {0}", line),
      ),
  },
  "server.unhealthy": onEach(watched, watchHealth),
  "server.overloaded": {
    sglang: (about) => busier(`${launchLine(about)} --max-queued-requests 1024`),
    tei: (about) => busier(`${launchLine(about)} --max-concurrent-requests 1024`),
    tgi: (about) => busier(`${launchLine(about)} --max-concurrent-requests 1024`),
    ollama: (about) => busier(`OLLAMA_MAX_QUEUE=1024 ${launchLine(about)}`),
    litellm: () => ({
      text: l10n.t(
        "LiteLLM has put every deployment of this model aside after errors (cooldown_time). Wait a minute, and test the server behind it by itself.",
      ),
      commands: [],
    }),
  },
  "server.crashed": {
    vllm: (about) =>
      withLine(`${launchLine(about)} --max-model-len 16384 --gpu-memory-utilization 0.85`, (line) =>
        l10n.t(
          "The engine of vLLM does not come back by itself. Restart it, with a shorter context and less memory if that was the cause: {0}",
          line,
        ),
      ),
    sglang: (about) =>
      withLine(`${launchLine(about)} --mem-fraction-static 0.8`, (line) =>
        l10n.t("Restart SGLang, with less memory for weights and cache if that was the cause: {0}", line),
      ),
  },
  "server.exposes-key": {
    sglang: () =>
      withLine("location ~ ^/(get_)?server_info { deny all; }", (line) =>
        l10n.t("Put a proxy in front of SGLang that closes the page; in nginx with the line: {0}", line),
      ),
  },
  "http.host-rejected": {
    ollama: (about) =>
      withLine(launchLine(about, { host: "0.0.0.0" }), (line) =>
        l10n.t(
          "Ollama on loopback answers only calls whose Host names this machine. Let it listen on every interface, and name the addresses of web pages in OLLAMA_ORIGINS: {0}",
          line,
        ),
      ),
  },
};

function watchHealth(about: About): Remedy {
  const { name, health } = profileOf(about.serverId);
  const { baseUrl = "" } = about;
  const url = URL.canParse(baseUrl) ? atRoot(baseUrl, health?.path ?? "/health") : "";
  return {
    text: l10n.t(
      "Follow the log of {0} until it says that it is ready, or ask {1}",
      name,
      url === "" ? "/health" : url,
    ),
    commands: url === "" ? [] : [commandLine("curl", "-i", url)],
  };
}

function busier(line: string): Remedy {
  return withLine(line, (text) => l10n.t("Send fewer requests at once, or let more of them wait: {0}", text));
}
