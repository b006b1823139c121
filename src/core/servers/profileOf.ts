/** The profile of a server by its id. */

import { profiles } from "./profiles/index.ts";
import { unknown } from "./profiles/unknown.ts";
import type { ServerId } from "./serverId.ts";
import type { ServerProfile } from "./serverProfile.ts";

/** The defaults of an unknown server where the id is not known yet. */
export function profileOf(id: ServerId | undefined): ServerProfile {
  return profiles.find((profile) => profile.id === id) ?? unknown;
}
