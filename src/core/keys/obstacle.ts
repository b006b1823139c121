/** Why nothing secret of an endpoint may be read or sent: decided from what is configured and agreed, before anything is opened, run or asked. */

import { originOf } from "../endpoint/baseUrl.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Agreements, KeyOwner, KeyReading } from "../ports.ts";
import { bindingNames } from "./binding.ts";
import { consentName, needsConsent } from "./consent.ts";
import type { KeyFailure } from "./keyFailure.ts";
import { nameSource } from "./keyLabel.ts";
import { plainOrigin } from "./plainOrigin.ts";
import { isSecretHeader } from "./secretHeaders.ts";

export type Obstacle = Extract<
  KeyReading,
  { kind: "failed" | "needs-consent" | "other-origin" | "plain-http" }
>;

export interface Circumstances {
  readonly owner: KeyOwner;
  readonly agreements: Agreements;
  /** The origin of the key in the secret storage, where the endpoint reads it there and there is one. */
  readonly storedOrigin: string | undefined;
}

/** Asked after consent: an origin that is not the sources' own, or a way that everybody can listen to. */
export function obstacleTo(endpoint: Endpoint, circumstances: Circumstances): Obstacle | undefined {
  return originObstacle(endpoint, circumstances) ?? plainObstacle(endpoint, circumstances);
}

/** Asked first: may a workspace's endpoint use what is the user's (variables, files, programs, certificates), or a proxy? */
export function consentObstacle(
  endpoint: Endpoint,
  { agreements, workspace }: { readonly agreements: Agreements; readonly workspace: "trusted" | "untrusted" },
): Obstacle | undefined {
  const where = nameSource(endpoint.key);
  if (endpoint.scope === "workspace" && workspace === "untrusted") {
    const reason: KeyFailure = "untrusted-workspace";
    return { kind: "failed", where, reason };
  }
  return needsConsent(endpoint) && !agreements.isGranted(consentName(endpoint))
    ? { kind: "needs-consent", where }
    : undefined;
}

/** A workspace's sources need no binding: what the user consented to names the origin. */
function originObstacle(
  endpoint: Endpoint,
  { owner, agreements, storedOrigin }: Circumstances,
): Obstacle | undefined {
  const names = endpoint.scope === "user" ? bindingNames(endpoint, owner) : [];
  const bound = [storedOrigin, ...names.map((name) => agreements.boundOrigin(name))];
  const other = bound.find((origin) => origin !== undefined && origin !== originOf(endpoint.baseUrl));
  return other === undefined ? undefined : { kind: "other-origin", origin: other };
}

function plainObstacle(
  endpoint: Endpoint,
  { agreements, storedOrigin }: Circumstances,
): Obstacle | undefined {
  const { key, headers } = endpoint;
  const hasKey = key.from === "secret" ? storedOrigin !== undefined : key.from !== "none";
  const isSecret =
    hasKey || Object.entries(headers).some(([name, value]) => isSecretHeader(endpoint, name, value));
  const origin = isSecret ? plainOrigin(endpoint) : undefined;
  return origin === undefined || agreements.mayTravelPlain(origin)
    ? undefined
    : { kind: "plain-http", origin };
}
