/** Lets an endpoint's requests go around the proxy, be it VS Code's or its own. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { changeEndpoint } from "./changeEndpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

/** Only for this endpoint: an entry in `http.noProxy` would count for all of VS Code, and put NO_PROXY out of force. */
export async function bypassProxy(endpoint: Endpoint, dependencies: FixDependencies): Promise<void> {
  await changeEndpoint(endpoint, () => ({ proxy: "direct" }), dependencies);
}
