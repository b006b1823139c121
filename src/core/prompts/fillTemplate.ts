/** Fills the variables of a prompt template. `$${selection}` stands for the text `${selection}` itself. */

/** What each variable stands for at the time of asking. */
export interface TemplateValues {
  readonly selection: string;
  readonly languageId: string;
  readonly file: string;
  readonly diagnostics: string;
}

export type TemplateVariable = keyof TemplateValues;

const variables: readonly TemplateVariable[] = ["selection", "languageId", "file", "diagnostics"];

/** All that there are, to be read by a person. */
export const variableList: string = variables.map((name) => `\${${name}}`).join(", ");

/** One pass over the template alone, so that a value which looks like a variable stays what it is. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(place, (whole: string, escape: string, name: string) => {
    if (escape !== "") {
      return whole.slice(1);
    }
    return isVariable(name) ? values[name] : whole;
  });
}

export function usesVariable(template: string, name: TemplateVariable): boolean {
  return namesIn(template).includes(name);
}

/** Names in `${…}` that are no variable, in order. */
export function unknownVariables(template: string): readonly string[] {
  return namesIn(template).filter((name) => !isVariable(name));
}

const place = /\$(\$?)\{([^{}]*)\}/g;

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(place)].flatMap(([, escape, name = ""]) => (escape === "" ? [name] : []));
}

function isVariable(name: string): name is TemplateVariable {
  return (variables as readonly string[]).includes(name);
}
