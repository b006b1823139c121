/** From what a person composed to what is sent, or to what is wrong with it. */

import * as l10n from "@vscode/l10n";

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ThinkingChoice, ThinkingControl } from "../servers/chatParameters.ts";
import { parametersOf, thinkingOf } from "../servers/parametersOf.ts";
import { isWithin, rangeText } from "../servers/rangeText.ts";
import type { ServerId } from "../servers/serverId.ts";
import type { ChatDraft, DraftProblem } from "./chatDraft.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { draftWire, type HeldImage, messageProblems } from "./draftWire.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { readExtra, setElsewhere } from "./readExtra.ts";
import { readParameters } from "./readParameters.ts";

export type { HeldImage } from "./draftWire.ts";

export type ReadDraft =
  | { readonly kind: "ready"; readonly request: Pick<ChatRequest, "messages" | "extra"> }
  | { readonly kind: "refused"; readonly problems: readonly DraftProblem[] };

/** Parameters and thinking are checked against what the server knows; what is wrong is named by its place. The extra JSON wins over all but the conversation. */
export function readDraft(
  draft: ChatDraft,
  endpoint: Endpoint,
  server: ServerId | undefined,
  imageOf: (id: string) => HeldImage | undefined,
): ReadDraft {
  const parameters = readParameters(draft.parameters, parametersOf(server, endpoint.protocol));
  const control = thinkingOf(server, endpoint.protocol);
  const extra = readExtra(draft.extra, endpoint);
  const problems = [
    ...messageProblems(draft, endpoint, imageOf),
    ...parameters.problems,
    ...setElsewhere(parameters.fields, endpoint),
    ...thinkingProblems(draft.thinking, control),
    ...extra.problems,
  ];
  if (problems.length > 0) {
    return { kind: "refused", problems };
  }
  const thinking = draft.thinking === undefined ? undefined : control?.fields(draft.thinking);
  const fields = merge(merge(parameters.fields, thinking ?? {}, thinking), extra.fields, thinking);
  return { kind: "ready", request: { messages: draftWire(draft, imageOf), extra: fields } };
}

function thinkingProblems(
  choice: ThinkingChoice | undefined,
  control: ThinkingControl | undefined,
): readonly DraftProblem[] {
  const where = "thinking";
  if (choice === undefined) {
    return [];
  }
  if (control === undefined) {
    const text = l10n.t(
      "This server has no switch for thinking that we know. Leave it as the server has it.",
    );
    return [{ where, text }];
  }
  if (choice.kind !== "budget") {
    return [];
  }
  const { budget } = control;
  if (budget === undefined) {
    const text = l10n.t("This server takes no limit for thinking. Turn thinking on or off instead.");
    return [{ where, text }];
  }
  const name = l10n.t("tokens");
  return Number.isInteger(choice.tokens) && isWithin(choice.tokens, budget)
    ? []
    : [
        {
          where,
          text: l10n.t("The limit for thinking has to be a whole number: {0}.", rangeText(name, budget)),
        },
      ];
}

/** Later fields win; what the switch for thinking shares with others, such as chat_template_kwargs, is merged one level down. */
function merge(first: Fields, second: Fields, thinking: Fields | undefined): Fields {
  const merged = Object.entries(second).map(([name, value]) => {
    const before = thinking !== undefined && name in thinking ? fieldsOf(first[name]) : undefined;
    const after = fieldsOf(value);
    return [name, before === undefined || after === undefined ? value : { ...before, ...after }] as const;
  });
  return { ...first, ...Object.fromEntries(merged) };
}
