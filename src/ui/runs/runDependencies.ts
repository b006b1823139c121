/** What a run needs: the ways to the world, the panel to show itself in, and how its fixes are applied. */

import type { Fix } from "../../core/diagnosis/finding.ts";
import type { Clock, Http, KeyVault, ModelGateway, Sockets } from "../../core/ports.ts";
import type { RunPanel } from "../panel/runPanel.ts";

export interface RunDependencies {
  readonly panel: RunPanel;
  readonly vault: KeyVault;
  readonly http: Http;
  readonly sockets: Sockets;
  readonly clock: Clock;
  /** Loads the SDK on first use. */
  readonly gateway: () => Promise<ModelGateway>;
  readonly applyFix: (endpointId: string, fix: Fix) => Promise<void>;
}
