/** What a run needs: the ways to the world, the panel to show itself in, and how its fixes are applied. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { ReadWithSdk } from "../../core/chat/sdkReading.ts";
import type { Fix } from "../../core/diagnosis/finding.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { HttpFor } from "../../core/audit/auditedHttp.ts";
import type {
  Clock,
  Credentials,
  Http,
  KeyReading,
  KeyVault,
  ModelGateway,
  Sockets,
} from "../../core/ports.ts";
import type { RunPanels } from "../panel/runPanels.ts";

export interface RunDependencies {
  readonly panels: RunPanels;
  readonly store: EndpointStore;
  /** Lets work go on by itself; what it throws is told to the person. */
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly vault: KeyVault;
  /** The way to the network, audited. */
  readonly httpFor: HttpFor;
  readonly sockets: Sockets;
  readonly clock: Clock;
  /** Loads the SDK on first use. */
  readonly gateway: (http: Http) => Promise<ModelGateway>;
  /** The SDK's reading of a recorded reply. */
  readonly readWithSdk: ReadWithSdk;
  readonly redactor: Redactor;
  readonly applyFix: (endpointId: string, fix: Fix) => Promise<void>;
}

/** The way to a server: what may be sent, and through what. */
export type WayDependencies = Pick<RunDependencies, "vault" | "httpFor">;

/** What a run begins with: the credentials, and an Http that sends in the name of who asked. `key` goes in place of the endpoint's own. */
export async function openWay(
  endpoint: Endpoint,
  askedBy: AskedBy,
  { vault, httpFor }: WayDependencies,
  key?: KeyReading,
): Promise<{ readonly credentials: Credentials; readonly http: Http }> {
  const read = await vault.read(endpoint);
  const credentials = key === undefined ? read : { ...read, key };
  return { credentials, http: httpFor({ askedBy, endpoint, key: credentials.key }) };
}

/** The endpoint as it is configured now: a run that is done again takes up what was edited meanwhile. */
export function currentEndpoint({ store }: RunDependencies, endpoint: Endpoint): Endpoint {
  return store.endpoint(endpoint.id) ?? endpoint;
}
