import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { serverOf } from "../../core/servers/serverOf.ts";
import type { ServerId } from "../../core/servers/serverId.ts";

/** Which server it is, as far as is known without asking: from the last test, the last check and the address. */
export function knownServer(
  { store }: { readonly store: Pick<EndpointStore, "report" | "health"> },
  endpoint: Endpoint,
): ServerId | undefined {
  return serverOf(endpoint, store.report(endpoint.id), store.health(endpoint.id));
}
