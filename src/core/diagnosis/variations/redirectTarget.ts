/** The base URL that a redirect of the models request leads to. */

import { joinPath } from "../../endpoint/baseUrl.ts";
import type { HttpOutcome } from "../../ports.ts";

/** Undefined where it leads to no models route, such as a sign-in page, or back to where it came from. */
export function redirectTarget(models: HttpOutcome, baseUrl: string): string | undefined {
  const location = models.kind === "reply" ? models.reply.headers["location"] : undefined;
  const from = joinPath(baseUrl, "/models");
  if (location === undefined || !URL.canParse(location, from)) {
    return undefined;
  }
  const url = new URL(location, from);
  const path = url.pathname.replace(/\/models\/*$/, "");
  if (
    !/^https?:$/.test(url.protocol) ||
    path === url.pathname ||
    url.username !== "" ||
    url.password !== ""
  ) {
    return undefined;
  }
  // Its own query is the server's, not the base URL's.
  const target = `${url.origin}${path}${new URL(baseUrl).search}`;
  return target === baseUrl ? undefined : target;
}
