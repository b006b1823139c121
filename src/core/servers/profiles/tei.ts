/** TEI (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const tei: ServerProfile = {
  id: "tei",
  name: "TEI",
  matches: ({ hasHeader }) => hasHeader("x-compute-"),
  unknownModel: "ignored",
  longPrompt: "refused",
};
