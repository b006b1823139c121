import type { RungView } from "../../shared/runPanel.ts";
import { prettyJson } from "./shownBody.ts";

/** A request and its reply as one text for the clipboard, as they stood on the wire. */
export function exchangeText(exchange: RungView["exchanges"][number]): string {
  const { method, url, requestHeaders, requestBody = "", status, fault, replyHeaders, replyBody } = exchange;
  const came = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(fault === undefined ? [] : [fault])];
  return [
    `${method} ${url}`,
    ...headerLines(requestHeaders),
    ...bodyLines(requestBody),
    "",
    came.join(" "),
    ...headerLines(replyHeaders),
    ...bodyLines(replyBody),
  ].join("\n");
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function bodyLines(body: string): readonly string[] {
  return body === "" ? [] : ["", prettyJson(body)];
}
