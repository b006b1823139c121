/** Remedies where nothing listens, or where it listens for its own machine alone. */

import * as l10n from "@vscode/l10n";

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import { commandLine, flag } from "../../servers/commandLine.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { type About, onEach, type Remedy, type RemedyTable } from "./remedy.ts";

/** These accept no connection before the weights are loaded (servers.md 1 and 2). */
const silentWhileLoading = ["sglang", "vllm"] as const;
const others = [
  "llama.cpp",
  "ollama",
  "tei",
  "tgi",
  "lmdeploy",
  "xinference",
  "litellm",
  "lm-studio",
] as const;
const all = [...silentWhileLoading, ...others];

export const connectRemedies: RemedyTable = {
  "connect.refused": {
    ...onEach(silentWhileLoading, (about) =>
      isLocal(about)
        ? start(about, (name, port, line) =>
            l10n.t(
              "Port {1} is the one {0} uses by default, and it accepts no connection before its weights are loaded. Wait until its log says that it is ready, or start it: {2}",
              name,
              port,
              line,
            ),
          )
        : listenEverywhere(about),
    ),
    ...onEach(others, (about) =>
      isLocal(about)
        ? start(about, (name, port, line) =>
            l10n.t(
              "Port {1} is the one {0} uses by default. Start it, then test again: {2}",
              name,
              port,
              line,
            ),
          )
        : listenEverywhere(about),
    ),
  },
  "connect.timeout": onEach(all, (about) => (isLocal(about) ? undefined : listenEverywhere(about))),
  "address.remote-localhost": onEach(all, listenEverywhere),
};

function isLocal({ baseUrl = "" }: About): boolean {
  return !URL.canParse(baseUrl) || isLoopbackHost(new URL(baseUrl).hostname);
}

function start(about: About, say: (name: string, port: string, line: string) => string): Remedy {
  const line = startLine(about);
  return { text: say(profileOf(about.serverId).name, portOf(about), line), commands: [line] };
}

function listenEverywhere(about: About): Remedy {
  const line = startLine(about, "0.0.0.0");
  const { name } = profileOf(about.serverId);
  return {
    text: l10n.t(
      "For calls from another machine or container {0} has to listen on every interface: {1}",
      name,
      line,
    ),
    commands: [line],
  };
}

/** The service itself, where a model is a second command. */
function startLine(about: About, host?: string): string {
  const port = portOf(about);
  switch (about.serverId) {
    case "xinference":
      return commandLine("xinference-local", ...flag("--host", host), "--port", port);
    case "lm-studio":
      return commandLine("lms", "server", "start", ...flag("--bind", host), "--port", port);
    default:
      return launchLine(about, { port: Number(port), ...(host === undefined ? {} : { host }) });
  }
}

function portOf({ baseUrl = "" }: About): string {
  const { port, protocol } = URL.canParse(baseUrl) ? new URL(baseUrl) : { port: "", protocol: "http:" };
  return port === "" ? (protocol === "https:" ? "443" : "80") : port;
}
