/** Which server an endpoint is, from all that is known of it: its last test, its last check, its address. */

import type { Report } from "../diagnosis/report.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Health } from "../endpoint/health.ts";
import { identifyServer } from "./identifyServer.ts";
import { profiles } from "./profiles/index.ts";
import type { ServerId } from "./serverId.ts";

/** Undefined where nothing gives it away. A report of another base URL says nothing of this one. */
export function serverOf(
  endpoint: Endpoint,
  report: Report | undefined,
  health: Health | undefined,
): ServerId | undefined {
  const tested = report?.baseUrl === endpoint.baseUrl ? report.serverId : undefined;
  return tested ?? checked(health) ?? identifyServer({}, undefined, endpoint.baseUrl)?.id;
}

/** A check keeps the name that people read. */
function checked(health: Health | undefined): ServerId | undefined {
  return health?.server === undefined ? undefined : profiles.find(({ name }) => name === health.server)?.id;
}
