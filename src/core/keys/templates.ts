/** What a header or a passphrase says in place of a secret: `${secret:NAME}` or `${env:NAME}`. */

interface Template {
  /** As it stands in the text. */
  readonly whole: string;
  readonly from: "secret" | "env";
  readonly name: string;
}

const everyTemplate = /\$\{(secret|env):([^}]+)\}/g;

export function hasTemplate(text: string): boolean {
  return templatesIn(text).length > 0;
}

export function templatesIn(text: string): readonly Template[] {
  return [...text.matchAll(everyTemplate)].map(([whole, from, name = ""]) => ({
    whole,
    from: from === "env" ? "env" : "secret",
    name,
  }));
}

/** What it is filled with is not looked at again. */
export function fillTemplates(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(everyTemplate, (whole) => values.get(whole) ?? whole);
}
