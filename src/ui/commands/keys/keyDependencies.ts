/** What the commands about keys need. */

import type { AskedBy } from "../../../core/audit/auditEntry.ts";
import type { Report } from "../../../core/diagnosis/report.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../../core/endpoint/endpointStore.ts";
import type { KeyReading, KeyVault } from "../../../core/ports.ts";
import type { KeyKeeper } from "../../keys/keyKeeper.ts";

export interface KeyDependencies {
  readonly store: EndpointStore;
  readonly keys: KeyKeeper;
  readonly vault: KeyVault;
  /** Reads the settings again after we changed them, and checks the endpoint anew. */
  readonly refresh: (endpointId: string) => void;
  /** Lets work go on by itself; what it throws is told to the person. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Tests the endpoint in the panel with a key that is not its own yet. */
  readonly testWith: (endpoint: Endpoint, key: KeyReading, askedBy: AskedBy) => Promise<Report>;
}
