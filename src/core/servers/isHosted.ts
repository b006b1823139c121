/** Is this one of the providers we know, rather than a server someone runs? */

import { isDashScope } from "../endpoint/baseUrl.ts";
import { presets } from "./presets.ts";

export function isHosted(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) {
    return false;
  }
  const { hostname } = new URL(baseUrl);
  return (
    isDashScope(baseUrl) ||
    hostname.endsWith(".openai.azure.com") ||
    presets.some((each) => each.localPort === undefined && new URL(each.baseUrl).hostname === hostname)
  );
}
