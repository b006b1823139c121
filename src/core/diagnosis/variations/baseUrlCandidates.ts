/** Base URLs that may have been meant, nearest first. */

import { cleanBaseUrl, isDashScope } from "../../endpoint/baseUrl.ts";

/** A handful: each one is a request. */
const mostCandidates = 5;

/** Never the base URL itself; all at its own origin. */
export function baseUrlCandidates(baseUrl: string): readonly string[] {
  const cleaned = cleanBaseUrl(baseUrl);
  if (!URL.canParse(baseUrl) || cleaned.kind !== "clean") {
    return [];
  }
  const at = (path: string): string => {
    const url = new URL(baseUrl);
    url.pathname = path;
    url.hash = "";
    return path === "" ? url.href.replace(/\/(?=\?|$)/, "") : url.href;
  };
  const path = new URL(baseUrl).pathname.replace(/\/+$/, "");
  const own = new Set([baseUrl, at(path)]);
  const sameOrigin = new URL(cleaned.baseUrl).origin === new URL(baseUrl).origin;
  const paths = [
    ...(isDashScope(baseUrl) ? ["/compatible-mode/v1"] : []),
    ...(/\/v\d+$/.test(path) ? [] : [`${path}/v1`]),
    ...cutBack(path),
    path.replace(/\/v\d+$/, ""),
    "/api/v1",
    "/openai/v1",
  ];
  const all = [...(sameOrigin ? [cleaned.baseUrl] : []), ...paths.map(at)];
  return [...new Set(all)].filter((each) => !own.has(each)).slice(0, mostCandidates);
}

/** `/a/v1/b` → `/a/v1`, `/v1`: a segment less each time, with one version at its end. */
function cutBack(path: string): readonly string[] {
  const segments = path.split("/").filter((each) => each !== "");
  return segments.map((_, index) => {
    const head = segments.slice(0, segments.length - 1 - index);
    return /^v\d+$/.test(head.at(-1) ?? "") ? `/${head.join("/")}` : ["", ...head, "v1"].join("/");
  });
}
