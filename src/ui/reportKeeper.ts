/** Keeps the last report with its endpoint, and has the endpoint checked anew. */

import type { Redactor } from "../core/diagnosis/redact.ts";
import type { Report } from "../core/diagnosis/report.ts";
import type { EndpointStore } from "../core/endpoint/endpointStore.ts";
import type { HealthMonitor } from "../core/endpoint/healthMonitor.ts";
import type { Log } from "../core/ports.ts";

interface KeeperPorts {
  readonly log: Log;
  readonly store: EndpointStore;
  readonly monitor: HealthMonitor;
  readonly redactor: Redactor;
}

export function reportKeeper({ log, store, monitor, redactor }: KeeperPorts): (report: Report) => void {
  return (report) => {
    const { endpointId, verdict, findings } = report;
    log.info(`test of ${endpointId}: ${verdict} ${findings.map(({ code }) => code).join(" ")}`);
    store.setReport(endpointId, redactor.cleanDeep(report));
    monitor.checkNow([endpointId]);
  };
}
