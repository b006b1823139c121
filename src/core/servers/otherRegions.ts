/** The other regions of a provider whose keys are bound to one. */

import { isDashScope } from "../endpoint/baseUrl.ts";
import { presets } from "./presets.ts";

export interface Region {
  readonly region: string;
  readonly baseUrl: string;
}

/** DashScope's, without the one of the base URL; empty for any other provider (servers.md section 7). */
export function otherRegions(baseUrl: string): readonly Region[] {
  if (!isDashScope(baseUrl)) {
    return [];
  }
  const { hostname } = new URL(baseUrl);
  return presets
    .filter((each) => isDashScope(each.baseUrl) && new URL(each.baseUrl).hostname !== hostname)
    .map(({ label, baseUrl: other }) => ({ region: label.replace(/^.*, /, ""), baseUrl: other }));
}
