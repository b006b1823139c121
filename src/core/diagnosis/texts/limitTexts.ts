/** What a person reads when the provider holds requests back. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const limitTexts: AreaTexts<"limit"> = {
  "limit.rate": {
    title: () => l10n.t("Too many requests"),
    explanation: () =>
      l10n.t(
        "The server answered 429: more requests came in a short time than it allows for this key. Wait for the time that retry-after names, or a minute, and send fewer at once. The OpenAI SDK tries twice more on its own before it raises a RateLimitError.",
      ),
  },
  "limit.tokens": {
    title: () => l10n.t("Too many tokens per minute"),
    explanation: () =>
      l10n.t(
        "The tokens of the last minute exceed the limit of this key or model. DashScope calls this insufficient_quota (Throttling.AllocationQuota); it is no lack of money and passes within a minute. Send fewer or shorter requests, or apply for a higher limit in the provider's console.",
      ),
  },
  "limit.quota": {
    title: () => l10n.t("The quota is used up"),
    explanation: () =>
      l10n.t(
        "The quota or budget of this key is spent, so trying again does not help until it is renewed: daily on ModelScope, by adding credit on OpenAI (insufficient_quota), by the key's budget on LiteLLM. Check quota and budget in the provider's or the gateway's console.",
      ),
  },
  "limit.billing": {
    title: () => l10n.t("The account needs payment"),
    explanation: () =>
      l10n.t(
        "The provider refuses because of money: the balance is empty, a bill is overdue (Arrearage on DashScope), or the free quota is spent and paid use is switched off (FreeTierOnly). Top up the account or allow paid use in the provider's console; trying again does not help before that.",
      ),
  },
};
