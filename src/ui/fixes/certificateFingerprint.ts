/** SHA-256 of the certificate in a PEM text, upper-case hex with colons; undefined unless the text is exactly one certificate. */
export async function certificateFingerprint(pem: string): Promise<string | undefined> {
  const [, base64 = ""] =
    /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(pem) ?? [];
  const der = decoded(base64.replace(/\s/g, ""));
  if (der === undefined || der.length === 0) {
    return undefined;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":");
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
