/** Remedies for keys: where the true one stands on each server. */

import * as l10n from "@vscode/l10n";

import type { ServerId } from "../../servers/serverId.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { About, MakeRemedy, RemediesOf, RemedyTable } from "./remedy.ts";
import { upstreamKey } from "./upstreamRemedies.ts";

/** The flag after which a self-hosted server's key stands. */
const keyFlags: readonly (readonly [ServerId, string])[] = [
  ["sglang", "--api-key"],
  ["vllm", "--api-key (VLLM_API_KEY)"],
  ["llama.cpp", "--api-key"],
  ["tei", "--api-key"],
  ["tgi", "--api-key"],
  ["lmdeploy", "--api-keys"],
];

const hosted: RemediesOf = {
  litellm: say(({ served }) =>
    served !== undefined
      ? upstreamKey()
      : l10n.t(
          "LiteLLM takes its master key (LITELLM_MASTER_KEY, or master_key under general_settings in config.yaml) or a virtual key made with it. A provider's own key is refused here.",
        ),
  ),
  dashscope: say(({ baseUrl }) =>
    l10n.t(
      "Create a key in the console of the region and plan that {0} belongs to. A key of another region is refused in the same words, and keys that begin with sk-sp- work only for the Coding Plan.",
      hostOf(baseUrl, "dashscope.aliyuncs.com"),
    ),
  ),
  siliconflow: say(({ baseUrl }) =>
    l10n.t(
      "Create a key in the console of the site that {0} belongs to: siliconflow.cn and siliconflow.com are separate accounts, and neither takes the keys of the other.",
      hostOf(baseUrl, "api.siliconflow.cn"),
    ),
  ),
  modelscope: say(() =>
    l10n.t(
      "ModelScope takes an access token of the account as the key. Its list of models is open, so seeing the list proves nothing about the token.",
    ),
  ),
  openrouter: say(() =>
    l10n.t(
      "OpenRouter takes a key that begins with sk-or-, from its settings page. Its list of models is open, so seeing the list proves nothing about the key.",
    ),
  ),
  openai: say(() =>
    l10n.t(
      "Create a key in OpenAI's platform settings, in the project that may use the model. A key of another provider is refused in the same words.",
    ),
  ),
  azure: say(() =>
    l10n.t(
      "Azure reads the key of the resource from the header api-key: add that header to the endpoint. The resource is the one whose name begins the host of the base URL.",
    ),
  ),
};

export const authRemedies: RemedyTable = {
  "auth.missing": {
    ...hosted,
    ...selfHosted((name, flag) =>
      l10n.t("Set the key that {0} was started with: it stands after {1} on its command line.", name, flag),
    ),
  },
  "auth.rejected": {
    ...hosted,
    ...selfHosted((name, flag) =>
      l10n.t(
        "{0} compares the key character by character with the one after {1} on its command line. Set that one, or restart it with a new one.",
        name,
        flag,
      ),
    ),
  },
  "auth.wrong-region": { dashscope: hosted.dashscope },
  "auth.wrong-plan": { dashscope: hosted.dashscope },
  "auth.empty": {
    ...hosted,
    ...selfHosted((name, flag) =>
      l10n.t(
        "Set the key that stands after {1} on the command line of {0}. Started without it, {0} wants no key: choose none here, and give the OpenAI SDK the placeholder EMPTY.",
        name,
        flag,
      ),
    ),
  },
};

function selfHosted(text: (name: string, flag: string) => string): RemediesOf {
  return Object.fromEntries(keyFlags.map(([id, flag]) => [id, say(() => text(profileOf(id).name, flag))]));
}

/** No commands: a line with a key in it would stay in the shell's history. */
function say(text: (about: About) => string): MakeRemedy {
  return (about) => ({ text: text(about), commands: [] });
}

function hostOf(baseUrl: string | undefined, otherwise: string): string {
  return baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : otherwise;
}
