/** What a person reads when something answers, but not as a model API does. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const httpTexts: AreaTexts<"http"> = {
  "http.not-an-api": {
    title: () => l10n.t("No model API answers at this address"),
    explanation: () =>
      l10n.t(
        "Something answers, but not as a model API does: often it is a web page of a user interface, a login form, a proxy or another program on this port. The OpenAI SDK for JavaScript hands such a page over as if it were the answer. Check host, port and path; the API of most servers begins at /v1.",
      ),
  },
  "http.wrong-path": {
    title: () => l10n.t("This path does not exist on the server"),
    explanation: () =>
      l10n.t(
        'The server answered 404; the OpenAI SDK says "404 status code (no body)". Either the path of the base URL is wrong (on most servers it is /v1, on DashScope /compatible-mode/v1), or the loaded model does not offer this task, for newer vLLM has only the routes of its model\'s tasks. Where the server has /openapi.json, its route list tells which.',
      ),
  },
  "http.wrong-method": {
    title: () => l10n.t("The path does not accept this method"),
    explanation: () =>
      l10n.t(
        "The server answered 405: the path exists, but takes another HTTP method. Usually the base URL leads to a web page or a health route, or a redirect turned POST into GET. Correct the path, and use the scheme and host that the server itself redirects to.",
      ),
  },
  "http.no-models-route": {
    title: () => l10n.t("The server has no models list"),
    explanation: () =>
      l10n.t(
        "/v1/models does not exist here, as on TEI and behind some gateways, or brings a web page; requests can work all the same. Model ids can then not be listed or compared, so enter the id by hand.",
      ),
  },
  "http.host-rejected": {
    title: () => l10n.t("The server rejects this host name"),
    explanation: () =>
      l10n.t(
        "The server answered 403 with an empty body, as Ollama on 127.0.0.1 does when the Host header names another host: a tunnel, a proxy or host.docker.internal. Start Ollama with OLLAMA_HOST=0.0.0.0, or have the proxy send localhost as the Host header.",
      ),
  },
  "http.redirect": {
    title: () => l10n.t("The server redirects to another address"),
    explanation: () =>
      l10n.t(
        "The server answered with a redirect, which is not followed here: clients that follow one may drop the key or turn POST into GET. Usually http stands where https is wanted, or a slash at the end of the path. Use the address in the Location line as base URL, without the path of the operation.",
      ),
  },
  "http.gateway": {
    title: () => l10n.t("A gateway cannot use the model server behind it"),
    explanation: () =>
      l10n.t(
        "A gateway or proxy answered, and the model server behind it is down, still loading, slower than the time limit (nginx: proxy_pass, proxy_read_timeout), or has refused the gateway. LiteLLM passes such a refusal on as litellm.AuthenticationError or litellm.NotFoundError: api_key, api_base or litellm_params.model of the entry in its config.yaml is wrong there, or with a wildcard entry the model asked for, and not the key that was sent here. When the base URL is localhost, the answer usually comes from the proxy in HTTP_PROXY: add localhost,127.0.0.1 to NO_PROXY.",
      ),
  },
  "http.timeout": {
    title: () => l10n.t("The server took too long to answer"),
    explanation: () =>
      l10n.t(
        'The connection stands, but no reply came in the time allowed; the OpenAI SDK says "Request timed out.". Usually requests are queueing, the prompt is long, the model is loaded on the first call (as on Ollama), or the engine is stuck. Look at the server\'s log and GPU load; where such waits are normal, raise timeouts.firstByteMs of the endpoint.',
      ),
  },
  "http.server-error": {
    title: () => l10n.t("The server failed while handling the request"),
    explanation: () =>
      l10n.t(
        "The server took the request and then failed, with a status of 500 or above; the OpenAI SDK tries twice more and then says \"500 status code (no body)\" or repeats the server's message. Exhausted GPU memory and a chat request to an embedding model (on SGLang) are common causes. The server's log at this time holds the reason.",
      ),
  },
  "http.malformed": {
    title: () => l10n.t("The reply cannot be read"),
    explanation: () =>
      l10n.t(
        "The reply is empty, far too large, or not valid HTTP or JSON; the OpenAI SDK for JavaScript then throws a SyntaxError or returns nothing. A proxy that rewrites replies, a server that failed while writing, or a program that is no model server causes this. Call the server directly, without the proxy, and look at its log.",
      ),
  },
  "http.truncated": {
    title: () => l10n.t("The reply broke off before its end"),
    explanation: () =>
      l10n.t(
        'Status and headers arrived, but the body stopped short; the OpenAI SDK for JavaScript says "terminated". Usually the server process ended, or a proxy cut the connection at its limit of time or size. Look in the server\'s log, and on nginx raise proxy_read_timeout.',
      ),
  },
  "http.error-in-200": {
    title: () => l10n.t("The server reports an error with status 200"),
    explanation: () =>
      l10n.t(
        "The status says success, but the body holds an error. LM Studio answers like this on paths it does not know, OpenRouter when the provider behind it fails; the OpenAI SDK notices nothing, and the program stumbles later over missing choices. Read the message in the evidence, and check that the base URL ends in /v1.",
      ),
  },
};
