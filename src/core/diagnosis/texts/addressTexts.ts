/** What a person reads about the base URL itself, before anything is sent. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const addressTexts: AreaTexts<"address"> = {
  "address.invalid": {
    title: () => l10n.t("The base URL is not a valid address"),
    explanation: () =>
      l10n.t(
        'The base URL cannot be read as an http or https address, often because of a space, a stray quote or a key in the address; the OpenAI SDK for JavaScript says "Invalid URL". Write it as scheme, host, port and path, such as http://localhost:8000/v1.',
      ),
  },
  "address.scheme-missing": {
    title: () => l10n.t("The base URL lacks http:// or https://"),
    explanation: () =>
      l10n.t(
        'The base URL begins with the host, so programs take the host for the scheme or reject the address; the OpenAI SDK for JavaScript says "Invalid URL", or "Connection error." with the cause "unknown scheme". Put http:// in front of a local server and https:// in front of a hosted one.',
      ),
  },
  "address.missing-v1": {
    title: () => l10n.t("The base URL lacks /v1"),
    explanation: () =>
      l10n.t(
        'The server answers, but does not know the path without /v1, under which the OpenAI-compatible API of most servers begins. The OpenAI SDK says "404 status code (no body)", in newer versions 404 {"detail":"Not Found"}. Add /v1 to the base URL (on DashScope /compatible-mode/v1).',
      ),
  },
  "address.doubled-v1": {
    title: () => l10n.t("The base URL holds /v1 twice"),
    explanation: () =>
      l10n.t(
        'The version stands twice in the path, as in /v1/v1, and no server has such a route. It comes from adding /v1 to an address that already ends in it; the OpenAI SDK says "404 status code (no body)". Keep one /v1.',
      ),
  },
  "address.full-path": {
    title: () => l10n.t("The base URL names a single operation"),
    explanation: () =>
      l10n.t(
        "The base URL ends in the path of one operation, such as /v1/chat/completions, and clients append that path once more, which gives a 404. Cut the base URL back so that it ends in /v1.",
      ),
  },
  "address.wildcard-host": {
    title: () => l10n.t("The host is a listen address, not one to call"),
    explanation: () =>
      l10n.t(
        "0.0.0.0 and [::] tell a server to listen on every network interface; whether a call to them reaches anything depends on the system. Use 127.0.0.1 for a server on this machine, or the other machine's name or address. The server itself can keep --host 0.0.0.0.",
      ),
  },
  "address.remote-localhost": {
    title: () => l10n.t("localhost means another machine here"),
    explanation: () =>
      l10n.t(
        "Requests leave from the machine that the workspace runs on (a remote host, a container or WSL), and localhost there is that machine, not the one in front of you. When the server runs on that machine, all is well. Otherwise use the name or address of the machine that runs the server (from a Docker container host.docker.internal), and start the server with --host 0.0.0.0 so that it accepts calls from outside.",
      ),
  },
  "address.bad-port": {
    title: () => l10n.t("The port cannot be called"),
    explanation: () =>
      l10n.t(
        'Ports run from 1 to 65535; 0 lets a server choose one and cannot be called, and for a larger number the OpenAI SDK says "Invalid URL". Write the port that the server was started with (--port): 8000 is the default of vLLM, 30000 of SGLang, 8080 of llama.cpp, 11434 of Ollama.',
      ),
  },
};
