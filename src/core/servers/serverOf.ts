/** Which server an endpoint is, from all that is known of it: its last test, its last check, its address. */

import type { Report } from "../diagnosis/report.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Health } from "../endpoint/health.ts";
import type { ServerId } from "./serverId.ts";

/** Undefined where nothing gives it away. */
export function serverOf(
  _endpoint: Endpoint,
  _report: Report | undefined,
  _health: Health | undefined,
): ServerId | undefined {
  return undefined;
}
