/** Which of the addresses take a TCP connection? All are tried at once, so that one dead family does not hide the other. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { ConnectOutcome } from "../../ports.ts";
import type { Finding, FindingCode } from "../finding.ts";
import type { Step, Subject } from "../step.ts";
import { checkListenerCommand } from "./listenerCommand.ts";
import { hostOf } from "./name.ts";

export const connect: Step<readonly ConnectOutcome[] | undefined> = {
  id: "connect",

  async gather({ endpoint, proxy }, learned, { sockets }, signal) {
    if (proxy !== undefined) {
      return undefined;
    }
    const port = portOf(endpoint.baseUrl);
    const addresses = learned.addresses ?? [];
    return Promise.all(
      addresses.map((each) => sockets.connect(each.address, port, endpoint.timeouts.connectMs, signal)),
    );
  },

  judge(outcomes, subject, learned) {
    const { endpoint, proxy } = subject;
    if (outcomes === undefined) {
      return { status: "skipped", evidence: [`proxy: ${proxy ?? ""}`], findings: [] };
    }
    const port = portOf(endpoint.baseUrl);
    const evidence = outcomes.map((outcome) => line(outcome, port));
    const reached = learned.addresses?.find((each) =>
      outcomes.some((outcome) => outcome.kind === "connected" && outcome.address === each.address),
    );
    if (reached !== undefined) {
      return { evidence, findings: [], learned: { reached } };
    }
    return { evidence, findings: [blocked(outcomes, evidence, subject, port)] };
  },
};

function blocked(
  outcomes: readonly ConnectOutcome[],
  evidence: readonly string[],
  { endpoint: { baseUrl }, platform }: Subject,
  port: number,
): Finding {
  const codes = outcomes.map((outcome) => (outcome.kind === "fault" ? outcome.code : ""));
  const command = isLoopbackHost(hostOf(baseUrl)) ? checkListenerCommand(port, platform) : undefined;
  return {
    code: findingFor(codes),
    severity: "blocker",
    evidence,
    fixes: [
      { kind: "test-again" },
      ...(command === undefined ? [] : [{ kind: "copy-command" as const, command }]),
      { kind: "open-settings" },
    ],
  };
}

/** One refusal says most: the machine is there, and nothing listens. */
function findingFor(codes: readonly string[]): FindingCode {
  if (codes.includes("ECONNREFUSED")) {
    return "connect.refused";
  }
  if (codes.includes("TIMEOUT") || codes.includes("ETIMEDOUT")) {
    return "connect.timeout";
  }
  return codes.includes("ECONNRESET") ? "connect.reset" : "connect.unreachable";
}

function line(outcome: ConnectOutcome, port: number): string {
  const where = outcome.address.includes(":") ? `[${outcome.address}]:${port}` : `${outcome.address}:${port}`;
  const result = outcome.kind === "connected" ? "connected" : outcome.code;
  return `${where} → ${result} (${Math.round(outcome.durationMs)} ms)`;
}

export function portOf(baseUrl: string): number {
  const { port, protocol } = new URL(baseUrl);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
