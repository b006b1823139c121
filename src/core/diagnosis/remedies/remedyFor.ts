/** The one door to the remedies. */

import { presets } from "../../servers/presets.ts";
import type { ServerId } from "../../servers/serverId.ts";
import type { FindingCode } from "../finding.ts";
import { authRemedies } from "./authRemedies.ts";
import { connectRemedies } from "./connectRemedies.ts";
import { limitRemedies } from "./limitRemedies.ts";
import { modelRemedies } from "./modelRemedies.ts";
import type { About, Remedy, RemedyTable } from "./remedy.ts";
import { requestRemedies } from "./requestRemedies.ts";
import { serverRemedies } from "./serverRemedies.ts";
import { taskRemedies } from "./taskRemedies.ts";
import { upstreamRemedies } from "./upstreamRemedies.ts";
import { vectorRemedies } from "./vectorRemedies.ts";

/** By code, then by server. */
export const remedies: RemedyTable = {
  ...connectRemedies,
  ...authRemedies,
  ...modelRemedies,
  ...taskRemedies,
  ...requestRemedies,
  ...limitRemedies,
  ...serverRemedies,
  ...vectorRemedies,
  ...upstreamRemedies,
};

/** What to do about a finding there; undefined where its own text says all there is. Where nothing answers, the port tells the server. */
export function remedyFor(code: FindingCode, about: About): Remedy | undefined {
  const answers = !/^(address|connect)\./.test(code);
  const serverId = about.serverId === "unknown" && !answers ? byPort(about.baseUrl) : about.serverId;
  return remedies[code]?.[serverId]?.({ ...about, serverId });
}

function byPort(baseUrl: string | undefined): ServerId {
  const port = baseUrl !== undefined && URL.canParse(baseUrl) ? Number(new URL(baseUrl).port) : 0;
  return presets.find(({ localPort }) => localPort === port)?.server ?? "unknown";
}
