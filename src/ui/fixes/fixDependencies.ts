/** What applying a fix needs. */

import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { HttpFor } from "../../core/audit/auditedHttp.ts";
import type { KeyVault } from "../../core/ports.ts";
import type { KeyKeeper } from "../keys/keyKeeper.ts";

export interface FixDependencies {
  readonly store: EndpointStore;
  readonly keys: KeyKeeper;
  readonly vault: KeyVault;
  readonly httpFor: HttpFor;
  /** Reads the settings again after we changed them, and checks the endpoint anew. */
  readonly refresh: (endpointId: string) => void;
  /** Keeps a certificate for good and resolves with its path. */
  readonly writeCa: (fileName: string, pem: string) => Promise<string>;
  /** Lets work go on by itself; what it throws is told to the person. */
  readonly inBackground: (work: Promise<unknown>) => void;
}
