/** What a person reads about keys; never the key itself. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const authTexts: AreaTexts<"auth"> = {
  "auth.missing": {
    title: () => l10n.t("The server wants a key"),
    explanation: () =>
      l10n.t(
        'The server answered 401, and no key was sent or only a placeholder such as EMPTY: none is stored for this endpoint, or its source (environment variable, file, command, keychain) gave none. Set the key that the server was started with (--api-key on SGLang, vLLM and llama.cpp) or that the provider\'s console issued. The OpenAI SDK says 401 "Unauthorized", or "Missing credentials" before it sends anything.',
      ),
  },
  "auth.rejected": {
    title: () => l10n.t("The server rejects the key"),
    explanation: () =>
      l10n.t(
        'A key was sent, and the server refused it; the OpenAI SDK says 401 "Unauthorized" or "401 Incorrect API key provided". The key is mistyped, revoked or expired, or belongs to another server or account. Compare it with the server\'s --api-key, or create a new one in the provider\'s console.',
      ),
  },
  "auth.empty": {
    title: () => l10n.t("The key is empty"),
    explanation: () =>
      l10n.t(
        'The key that is to be sent holds nothing, often because it comes from an environment variable that the editor does not see. A server without --api-key needs none: send no key to it, and give the OpenAI SDK a placeholder such as EMPTY, or it says "Missing credentials" before it sends anything. A server with --api-key wants that key.',
      ),
  },
  "auth.double-bearer": {
    title: () => l10n.t("The key begins with the word Bearer"),
    explanation: () =>
      l10n.t(
        "Clients put the word Bearer in front of the key themselves, so the server reads it twice and finds no such key. This comes from copying the whole header of a curl command. Store the key alone, without that word.",
      ),
  },
  "auth.non-ascii": {
    title: () => l10n.t("The key holds characters that no key has"),
    explanation: () =>
      l10n.t(
        "The key holds something outside printable ASCII: full-width letters, Chinese punctuation, curly quotes, or an invisible character from a document or chat. The OpenAI SDK for JavaScript throws a TypeError about ByteString before it sends anything. Copy the key again from where it was issued.",
      ),
  },
  "auth.whitespace": {
    title: () => l10n.t("The key has spaces or line breaks around it"),
    explanation: () =>
      l10n.t(
        "The key begins or ends with a space or a line break, often from copying or from the last line of a file, and servers compare keys letter by letter. Set it again without them.",
      ),
  },
  "auth.wrong-region": {
    title: () => l10n.t("The key is wrong or belongs to another region"),
    explanation: () =>
      l10n.t(
        'DashScope refused the key with invalid_api_key, which it says both for a wrong key and for a key of another region: Beijing (dashscope.aliyuncs.com), Singapore (dashscope-intl.aliyuncs.com) and US (dashscope-us.aliyuncs.com) each have their own. Use the base URL of the region whose console issued the key, or create a key in this region. The OpenAI SDK says "401 Incorrect API key provided".',
      ),
  },
  "auth.wrong-plan": {
    title: () => l10n.t("The key belongs to another plan"),
    explanation: () =>
      l10n.t(
        "DashScope's plan keys work only at the plan's own address, and ordinary keys only at the ordinary one. A key that begins with sk-sp- belongs to the Coding Plan, at https://coding.dashscope.aliyuncs.com/v1; an ordinary key belongs to https://dashscope.aliyuncs.com/compatible-mode/v1. Change the base URL, or set the key of this plan.",
      ),
  },
  "auth.not-activated": {
    title: () => l10n.t("The service is not activated for this account"),
    explanation: () =>
      l10n.t(
        "The provider knows the account, but the model service has not been activated in it; on DashScope the code is AccessDenied.Unpurchased. Activate it in the provider's console with the main account, then test again.",
      ),
  },
  "auth.forbidden": {
    title: () => l10n.t("The server denies access"),
    explanation: () =>
      l10n.t(
        "After a 403, the key usually lacks the right for this model or workspace, the caller's IP address is not on an allow list, or a firewall in front blocks the call: check permissions and allow list in the provider's console. After a 401 with WWW-Authenticate: Basic, a proxy in front wants a user name and a password, which no key replaces. Add them to the endpoint as the header Authorization, or exempt the API from the proxy's password.",
      ),
  },
  "auth.plain-http": {
    title: () => l10n.t("The way to the server is not encrypted"),
    explanation: () =>
      l10n.t(
        "The base URL is http to another machine, so the key and every prompt cross the network in clear text. The key is sent only once you have agreed to that for this address. It is safer to put a proxy with a certificate in front of the server and use https, or to call it through an SSH tunnel at http://127.0.0.1.",
      ),
  },
  "auth.in-settings": {
    title: () => l10n.t("There is a key in the settings"),
    explanation: () =>
      l10n.t(
        "Settings are plain files that are synchronised, committed and shown on screen, and every extension can read them. Move the key to the secret storage, which empties its place; one in the base URL or in place of a key source is not sent before that. Where others may have seen it, have a new one issued.",
      ),
  },
  "auth.origin-changed": {
    title: () => l10n.t("The key was not sent to this address"),
    explanation: () =>
      l10n.t(
        "A key is bound to the address (scheme, host and port) it was entered for. The base URL now leads elsewhere, or a workspace suggested this endpoint, so nothing was sent without your consent. Allow the key for this address when you trust it, or set another key.",
      ),
  },
};
