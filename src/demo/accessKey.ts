import { createHash, timingSafeEqual } from "node:crypto";
import { jsonReply, type DemoReply } from "./demoReply.ts";

/** Refuses in OpenAI's envelope, without ever repeating what was sent; undefined lets the request through. */
export function refuseWithoutKey(
  key: string | undefined,
  authorization: string | undefined,
): DemoReply | undefined {
  if (key === undefined) return undefined;
  if (authorization === undefined) {
    return refusal(
      "You didn't provide an API key. Send it in the header `Authorization: Bearer YOUR_KEY`.",
      null,
    );
  }
  const sent = /^Bearer (.*)$/i.exec(authorization)?.[1] ?? "";
  if (sameText(sent, key)) return undefined;
  return refusal("Incorrect API key provided.", "invalid_api_key");
}

function refusal(message: string, code: string | null): DemoReply {
  const error = { message, type: "invalid_request_error", param: null, code };
  return jsonReply(401, { error }, { "www-authenticate": "Bearer" });
}

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
