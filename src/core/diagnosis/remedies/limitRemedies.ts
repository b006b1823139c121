/** Remedies for rates, quotas and money: the same words mean different things at different providers (servers.md 0.12). */

import * as l10n from "@vscode/l10n";

import type { MakeRemedy, RemediesOf, RemedyTable } from "./remedy.ts";

const rate: RemediesOf = {
  dashscope: say(() =>
    l10n.t(
      "DashScope counts requests and tokens a minute for each model and account, and names no time to wait: the limit passes within a minute. Send fewer requests at once, spread them evenly, or ask for more in the console.",
    ),
  ),
  openai: say(() =>
    l10n.t(
      "Wait as long as the header retry-after says; x-ratelimit-remaining-requests and x-ratelimit-remaining-tokens tell what is left.",
    ),
  ),
  siliconflow: say(() =>
    l10n.t(
      "SiliconFlow counts requests (RPM) and tokens (TPM) a minute by the level of the account: wait a minute, send less at once, or raise the level.",
    ),
  ),
  modelscope: say(() =>
    l10n.t(
      "ModelScope counts by the day, for the account and for each model: the headers modelscope-ratelimit-* tell what is left. Go on tomorrow, or use another model.",
    ),
  ),
  litellm: say(() =>
    l10n.t(
      "The limit is one of the key, the model or the team in LiteLLM: rpm and tpm in config.yaml, or those given to the key. A provider behind it may have one of its own.",
    ),
  ),
  openrouter: say(() =>
    l10n.t(
      "Models whose id ends in :free have a low limit. Wait, or use the same model without that ending.",
    ),
  ),
};

const money: RemediesOf = {
  dashscope: say(() =>
    l10n.t(
      'Arrearage means that the account owes money: pay it in the console. FreeTierOnly means that the free quota is used up: turn off "use free tier only" there.',
    ),
  ),
  openai: say(() =>
    l10n.t(
      "insufficient_quota at OpenAI means no credit, and waiting does not help: add credit, or raise the budget of the project.",
    ),
  ),
  siliconflow: say(() =>
    l10n.t("The balance of the account is used up (code 30001): top it up in the console."),
  ),
  openrouter: say(() =>
    l10n.t(
      "The credits are used up, or max_tokens asks for more than they pay: add credits, or lower max_tokens.",
    ),
  ),
  litellm: say(() =>
    l10n.t(
      "The budget of the key, user or team in LiteLLM is used up: raise max_budget, or wait for its reset.",
    ),
  ),
};

export const limitRemedies: RemedyTable = {
  "limit.rate": rate,
  "limit.tokens": rate,
  "limit.quota": { ...money, modelscope: rate.modelscope },
  "limit.billing": money,
};

function say(text: () => string): MakeRemedy {
  return () => ({ text: text(), commands: [] });
}
