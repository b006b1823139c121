/** What a person reads when no connection comes about, or it ends before an answer. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const connectTexts: AreaTexts<"connect"> = {
  "connect.refused": {
    title: () => l10n.t("Nothing listens on this port"),
    explanation: () =>
      l10n.t(
        'The machine is there, but no program accepts connections on this port; the OpenAI SDK says "Connection error.", with the cause ECONNREFUSED. Usually the server is not running, uses another port, listens only on 127.0.0.1 of its own machine or container, or is still loading its weights (SGLang and vLLM accept no connection until then). Check that it runs and on which port, and start it with --host 0.0.0.0 when it is called from another machine or container.',
      ),
  },
  "connect.timeout": {
    title: () => l10n.t("The host does not respond on this port"),
    explanation: () =>
      l10n.t(
        'The attempt to connect got no reply at all, neither yes nor no; the OpenAI SDK says "Request timed out." or "Connection error." after a long wait. A firewall, a cloud security group, a wrong IP address or a machine that is switched off look like this. Check the address, and allow the port in the firewall or security group.',
      ),
  },
  "connect.reset": {
    title: () => l10n.t("The connection was closed before an answer"),
    explanation: () =>
      l10n.t(
        'The connection opened and was then closed or reset without a reply; the OpenAI SDK says "Connection error.". Usually the server process crashed or restarted, a proxy in between dropped the call, or a container publishes the port while the server inside listens on 127.0.0.1. Look in the server\'s log at this time; in a container start it with --host 0.0.0.0.',
      ),
  },
  "connect.unreachable": {
    title: () => l10n.t("There is no route to this host"),
    explanation: () =>
      l10n.t(
        'This machine has no way to the address, or its own firewall forbids the call; the OpenAI SDK says "Connection error.". Usually the VPN is not connected, the network is down, or the address belongs to a network that this machine is not part of. Connect to that network, then test again.',
      ),
  },
  "connect.proxy": {
    title: () => l10n.t("The proxy does not let the request through"),
    explanation: () =>
      l10n.t(
        'The request goes through a proxy, and the proxy cannot be reached, refuses it or cannot reach the server; proxies can seldom reach localhost or an internal address. Set "proxy" of this endpoint to "direct" when the server can be reached without it, and add the host to NO_PROXY for other programs, as in NO_PROXY=localhost,127.0.0.1; else correct http.proxy, HTTP_PROXY and HTTPS_PROXY.',
      ),
  },
  "connect.ipv6-only": {
    title: () => l10n.t("The server accepts IPv6 connections only"),
    explanation: () =>
      l10n.t(
        'Of the host\'s addresses only the IPv6 one accepts connections, so programs that use IPv4 say "Connection error.". Use the IPv6 address in the base URL, as in http://[::1]:8000/v1, or start the server with --host 0.0.0.0 so that it listens on IPv4.',
      ),
  },
};
