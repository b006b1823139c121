/** Takes up what stands in the fields now. */

import type { Form, MessageRow, TargetRow } from "./form.ts";

const parameterPrefix = "parameter.";

export function parameterField(name: string): string {
  return parameterPrefix + name;
}

/** A field that is not drawn keeps what the form says. */
export function readForm(element: HTMLFormElement, form: Form): Form {
  const fields = fieldsOf(element);
  const read = (name: string, otherwise: string): string => fields.get(name) ?? otherwise;
  const parameters = [...fields].flatMap(([name, value]) =>
    name.startsWith(parameterPrefix) ? [[name.slice(parameterPrefix.length), value] as const] : [],
  );
  return {
    ...form,
    endpointId: read("endpoint", form.endpointId),
    model: read("model", form.model),
    system: { ...form.system, text: read("system", form.system.text) },
    rows: form.rows.map((row) => readRow(row, read)),
    parameters: { ...form.parameters, ...Object.fromEntries(parameters) },
    thinkingTokens: read("thinkingTokens", form.thinkingTokens),
    extra: read("extra", form.extra),
    targets: form.targets.map((target) => readTarget(target, read)),
  };
}

type Read = (name: string, otherwise: string) => string;

function readRow(row: MessageRow, read: Read): MessageRow {
  const role = read(`role.${row.key}`, row.role);
  const text = read(`text.${row.key}`, row.content.text);
  return {
    ...row,
    role: role === "assistant" || role === "tool" ? role : "user",
    content: { ...row.content, text },
  };
}

function readTarget(target: TargetRow, read: Read): TargetRow {
  return {
    ...target,
    endpointId: read(`target.endpoint.${target.key}`, target.endpointId),
    model: read(`target.model.${target.key}`, target.model),
  };
}

function fieldsOf(element: HTMLFormElement): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of element.elements) {
    const isField =
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement ||
      (field instanceof HTMLInputElement && field.type === "text");
    if (isField) {
      fields.set(field.name, field.value);
    }
  }
  return fields;
}
