/** Looks for a key in whatever would be shown or written, in every form in which it could be read back. */

/** So many characters of a key in a row are a leak too. */
const fragmentLength = 8;

/** Where and in which form the key stands in the value; empty when it does not. */
export function huntSecret(secret: string, value: unknown): readonly string[] {
  const texts = [...stringsIn(value), JSON.stringify(value)];
  const forms = [...secretForms(secret)];
  return texts.flatMap((text) =>
    forms.filter(([, form]) => text.includes(form)).map(([name, form]) => `${name} (${form}) in: ${text}`),
  );
}

function secretForms(secret: string): ReadonlyMap<string, string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = new Map([
    ["URL-encoded", encodeURIComponent(secret)],
    ["JSON", json],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
  ]);
  for (let start = 0; start + fragmentLength <= secret.length; start++) {
    forms.set(
      `characters ${start} to ${start + fragmentLength}`,
      secret.slice(start, start + fragmentLength),
    );
  }
  for (const before of ["", "B", "Be"]) {
    forms.set(`base64 after ${before.length} bytes`, base64Inside(secret, before.length));
    forms.set(`base64url after ${before.length} bytes`, urlAlphabet(base64Inside(secret, before.length)));
  }
  return forms;
}

/** The characters of a base64 text that the secret alone decides, when it stands so many bytes (modulo 3) from its start. */
function base64Inside(secret: string, bytesBefore: number): string {
  const text = Buffer.from("x".repeat(bytesBefore) + secret).toString("base64");
  return text.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor(((bytesBefore + secret.length) * 8) / 6));
}

function urlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value instanceof Error) yield* [value.message, value.stack ?? "", ...stringsIn(value.cause)];
  else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* stringsIn(item);
    }
  }
}
