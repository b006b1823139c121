/** The shape of an error reply: a first hint at the software behind it (facts: servers.md, table 0.1 "error envelope"). */

import { parseJson } from "../diagnosis/errorEnvelope.ts";

/**
 * `flat` `{message, code}`, `nested` `{error: {…}}`, `string` `{error: "…"}`, `detail` FastAPI's `{detail: …}`,
 * `json-string` `"…"`, `text` no JSON, `empty` nothing at all.
 */
export type ErrorEnvelope = "flat" | "nested" | "string" | "detail" | "json-string" | "text" | "empty";

/** The envelope of an error's body; undefined for JSON in none that we know. */
export function errorEnvelopeOf(body: string): ErrorEnvelope | undefined {
  if (body.trim() === "") {
    return "empty";
  }
  const value = parseJson(body);
  if (value === undefined) {
    return "text";
  }
  if (typeof value === "string") {
    return "json-string";
  }
  const fields = value === Object(value) ? (value as Readonly<Record<string, unknown>>) : {};
  const error = fields["error"] ?? fields["errors"];
  if (error !== undefined) {
    return typeof error === "string" ? "string" : "nested";
  }
  if (fields["detail"] !== undefined) {
    return "detail";
  }
  return typeof fields["message"] === "string" ? "flat" : undefined;
}
