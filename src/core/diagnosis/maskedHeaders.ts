/** Headers as they may be shown: what carries a secret by its name is masked, and no known secret stands in the others. */

import { isMaskedHeader } from "../keys/secretHeaders.ts";

type Headers = Readonly<Record<string, string>>;

export function maskedHeaders(headers: Headers, clean: (text: string) => string): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      clean(name),
      isMaskedHeader(name) ? maskValue(value) : clean(value),
    ]),
  );
}

/** What must not be seen of what is sent: a server may echo it anywhere. */
export function secretsIn(headers: Headers): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => isMaskedHeader(name))
    .map(([, value]) => value.replace(scheme, ""));
}

const scheme = /^(Bearer|Basic|Token) /i;

/** The scheme of an `Authorization` says much and betrays nothing. */
function maskValue(value: string): string {
  return `${scheme.exec(value)?.[0] ?? ""}•••`;
}
