/** What a person reads when the host name does not lead to an address. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const nameTexts: AreaTexts<"name"> = {
  "name.not-found": {
    title: () => l10n.t("The host name cannot be found"),
    explanation: () =>
      l10n.t(
        'DNS knows no address for this host name: it is misspelt, it exists only inside a VPN, a Docker network or a cluster, or this machine has no network. The OpenAI SDK says "Connection error.", with the cause ENOTFOUND. Check the spelling, then whether this machine is in the network that knows the name.',
      ),
  },
  "name.timeout": {
    title: () => l10n.t("The DNS server did not answer"),
    explanation: () =>
      l10n.t(
        "The look-up of the host name got no answer in time, so no connection was tried. Usually the DNS server is out of reach: no network, a VPN that is down, a container without DNS. Check the network, or put the IP address into the base URL.",
      ),
  },
};
