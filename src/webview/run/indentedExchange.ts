import { indentedBody } from "../../core/chat/indentJson.ts";
import { exchangeText } from "../../core/chat/wireText.ts";
import type { RungView } from "../../shared/runPanel.ts";

/** An exchange of a report for the clipboard, its JSON indented. */
export function indentedExchange(exchange: RungView["exchanges"][number]): string {
  const { requestBody = "", replyBody } = exchange;
  return exchangeText({
    ...exchange,
    requestBody: indentedBody(requestBody),
    replyBody: indentedBody(replyBody),
  });
}
