/** What a run needs: the ways to the world, the panel to show itself in, and how its fixes are applied. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { Fix } from "../../core/diagnosis/finding.ts";
import type { Clock, Http, KeyVault, ModelGateway, Sockets } from "../../core/ports.ts";
import type { RunPanels } from "../panel/runPanels.ts";

export interface RunDependencies {
  readonly panels: RunPanels;
  readonly store: EndpointStore;
  /** Lets work go on by itself; what it throws is told to the person. */
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly vault: KeyVault;
  readonly http: Http;
  readonly sockets: Sockets;
  readonly clock: Clock;
  /** Loads the SDK on first use. */
  readonly gateway: () => Promise<ModelGateway>;
  readonly applyFix: (endpointId: string, fix: Fix) => Promise<void>;
}

/** The endpoint as it is configured now: a run that is done again takes up what was edited meanwhile. */
export function currentEndpoint({ store }: RunDependencies, endpoint: Endpoint): Endpoint {
  return store.endpoint(endpoint.id) ?? endpoint;
}
