/** How a secret may be written where it comes back to us. */

/** The value as it is and as servers and SDKs write it: in a URL, in JSON (once or twice), in base64, in Python. */
export function secretForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const jsonTwice = JSON.stringify(json).slice(1, -1);
  const bytes = new TextEncoder().encode(secret);
  const base64 = [0, 1, 2].map((bytesBefore) => base64Inside(bytes, bytesBefore)).filter(isTelling);
  const base64url = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  // Half a surrogate pair can not stand in a URL; it would throw.
  const url = encodeURIComponent(secret.replace(/\p{Cs}/gu, "\ufffd"));
  const urlInSmall = url.replace(/%../g, (byte) => byte.toLowerCase());
  const python = [secret, json].flatMap(inPython);
  const careful = [json, jsonTwice].flatMap(inCarefulJson);
  return [
    secret,
    url,
    urlInSmall,
    json,
    jsonTwice,
    ...careful,
    inHtml(secret),
    ...python,
    ...base64,
    ...base64url,
  ];
}

/** As PHP (`\/`), Go, Gson and .NET write JSON that may stand in HTML. */
function inCarefulJson(json: string): readonly string[] {
  const escaped = (signs: RegExp): string =>
    json.replace(signs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const net = json.replace(/[<>&'+`]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return [json.replaceAll("/", "\\/"), escaped(/[<>&]/g), escaped(/[<>&=']/g), net];
}

function inHtml(secret: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return secret.replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

/** As Python's `repr` writes it: within single quotes, within double ones, and beside quotes of the other kind. */
function inPython(text: string): readonly string[] {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return [escaped, escaped.replaceAll("'", "\\'"), escaped.replaceAll('"', '\\"')];
}

/** Shorter texts would be found by chance. */
function isTelling(form: string): boolean {
  return form.length >= 4;
}

/** The characters that the secret alone decides in the base64 of a text with so many bytes (modulo 3) before it, as `Bearer ` has. */
function base64Inside(secret: Uint8Array, bytesBefore: number): string {
  const before = "\0".repeat(bytesBefore);
  // One by one: a long secret has more bytes than a call may have arguments.
  const base64 = btoa(before + Array.from(secret, (byte) => String.fromCharCode(byte)).join(""));
  const length = bytesBefore + secret.length;
  return base64.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((length * 8) / 6));
}
