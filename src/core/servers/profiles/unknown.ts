/** Something else, perhaps behind nginx: what most servers do, so that nothing is taken for granted. */

import type { ServerProfile } from "../serverProfile.ts";
import { templateSwitch } from "./templateSwitch.ts";

export const unknown: ServerProfile = {
  id: "unknown",
  name: "",
  matches: () => false,
  health: { path: "/health", cost: "free" },
  envelopes: [],
  unknownModel: "refused",
  thinking: templateSwitch,
  longPrompt: "refused",
};
