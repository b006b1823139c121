/** The JSON that a person adds to a request by hand. */

import * as l10n from "@vscode/l10n";

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { DraftProblem } from "./chatDraft.ts";
import { nativePath } from "./dashscopeNative.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { readJson } from "./readJson.ts";
import type { ReadFields } from "./readParameters.ts";

/** Comments and a comma at the end are allowed, as in settings. `stream` may be set: the reply is read either way. */
export function readExtra(text: string, endpoint: Endpoint): ReadFields {
  if (text.trim() === "") {
    return { fields: {}, problems: [] };
  }
  const read = readJson(text);
  if (read.kind === "mistake") {
    return refused(
      l10n.t(
        "The extra JSON has a mistake in line {0}, column {1}. Correct it, or empty the field.",
        read.line,
        read.column,
      ),
    );
  }
  const fields = fieldsOf(read.value);
  return fields === undefined
    ? refused(l10n.t("The extra JSON has to be an object, such as {0}.", '{"top_k": 20}'))
    : { fields, problems: setElsewhere(fields, endpoint, "extra") };
}

/** Fields that the composer fills: what is set twice would hide what is seen. */
export function setElsewhere(fields: Fields, endpoint: Endpoint, where?: string): readonly DraftProblem[] {
  return ["model", ...conversation(endpoint)]
    .filter((name) => name in fields)
    .map((name) => ({
      where: where ?? name,
      text: l10n.t("{0} cannot be set here: it comes from the fields above. Remove it.", name),
    }));
}

function conversation({ protocol, baseUrl }: Endpoint): readonly string[] {
  if (protocol === "generate") {
    return ["messages", "prompt"];
  }
  return nativePath(baseUrl) === undefined ? ["messages"] : ["messages", "input"];
}

function refused(text: string): ReadFields {
  return { fields: {}, problems: [{ where: "extra", text }] };
}
