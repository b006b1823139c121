/** Remedies for errors that a gateway passes on from the server behind it. */

import * as l10n from "@vscode/l10n";

import { visibleId } from "../../visible.ts";
import type { MakeRemedy, RemedyTable } from "./remedy.ts";

const litellm: MakeRemedy = () => ({
  text: l10n.t(
    "An error that begins with litellm. comes from the server behind LiteLLM, and the key given here is not its cause. Check the entry of this model under model_list in config.yaml, then restart LiteLLM: api_key under litellm_params has to be the key of that server, api_base its address, and litellm_params.model an id that it serves.",
  ),
  commands: [],
});

export const upstreamRemedies: RemedyTable = {
  "server.no-upstream": { litellm },
  "http.gateway": { litellm },
  "http.server-error": { litellm },
};

/** LiteLLM's entry names a key that the server behind it refuses. */
export function upstreamKey(): string {
  return l10n.t(
    "LiteLLM took this key for its list of models, so it is the server behind it that refuses one. Correct api_key under litellm_params in that model's entry of config.yaml, and restart LiteLLM.",
  );
}

/** LiteLLM's entry names a model that the server behind it lacks. */
export function upstreamModel(model: string): string {
  return l10n.t(
    "LiteLLM lists {0}, so it is the server behind it that does not know the model. Correct litellm_params.model in its entry of config.yaml to an id that this server lists, and restart LiteLLM.",
    visibleId(model),
  );
}
