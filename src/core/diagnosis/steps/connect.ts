/** Which of the addresses take a TCP connection? All are tried at once, so that one dead family does not hide the other. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { Address, ConnectOutcome } from "../../ports.ts";
import type { Finding, FindingCode } from "../finding.ts";
import type { Step, Subject } from "../step.ts";
import { hostPort, knownLocalPorts } from "../variations/loopbackNeighbours.ts";
import { varyConnect } from "../variations/varyConnect.ts";
import { hostOf, portOf } from "./hostOf.ts";
import { listenerCommand } from "./listenerCommand.ts";

type Outcomes = readonly ConnectOutcome[] | undefined;

export const connect: Step<Outcomes> = connectBeside(knownLocalPorts());

/** The rung with the ports it tries on this machine where the port of the base URL is dead; a parameter for tests alone. */
export function connectBeside(localPorts: readonly number[]): Step<Outcomes> {
  return {
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

    judge(outcomes, subject, { addresses = [] }) {
      if (outcomes === undefined) {
        return { status: "skipped", evidence: [`proxy: ${subject.proxy ?? ""}`], findings: [] };
      }
      const port = portOf(subject.endpoint.baseUrl);
      const evidence = outcomes.map((outcome) => line(outcome, port));
      const taken = addresses.filter((each) =>
        outcomes.some((outcome) => outcome.kind === "connected" && outcome.address === each.address),
      );
      const [reached] = taken;
      return reached === undefined
        ? { evidence, findings: [blocked(outcomes, evidence, subject, port), ...otherMachine(subject)] }
        : { evidence, findings: judgeFamilies(addresses, taken, evidence, subject), learned: { reached } };
    },

    vary: (judgement, subject, learned, ports, signal) =>
      varyConnect(judgement, subject, learned, { ...ports, localPorts }, signal),
  };
}

/** A name that leads to both families, of which only IPv6 answers: programs that try IPv4 alone fail. */
function judgeFamilies(
  addresses: readonly Address[],
  taken: readonly Address[],
  evidence: readonly string[],
  { endpoint: { baseUrl } }: Subject,
): readonly Finding[] {
  if (!addresses.some(({ family }) => family === 4) || taken.some(({ family }) => family === 4)) {
    return [];
  }
  const url = new URL(baseUrl);
  const isLocal = isLoopbackHost(url.hostname);
  url.hostname = "[::1]";
  const literal = { kind: "set-base-url", baseUrl: url.href.replace(/\/$/, "") } as const;
  return [
    {
      code: "connect.ipv6-only",
      severity: isLocal ? "warning" : "note",
      evidence,
      fixes: [...(isLocal ? [literal] : []), { kind: "test-again" }],
    },
  ];
}

function blocked(
  outcomes: readonly ConnectOutcome[],
  evidence: readonly string[],
  { endpoint: { baseUrl }, platform }: Subject,
  port: number,
): Finding {
  const codes = outcomes.map((outcome) => (outcome.kind === "fault" ? outcome.code : ""));
  const command = isLoopbackHost(hostOf(baseUrl)) ? listenerCommand(port, platform) : undefined;
  return {
    code: findingFor(codes),
    severity: "blocker",
    evidence,
    fixes: [
      { kind: "test-again" },
      ...(command === undefined ? [] : [{ kind: "run-command" as const, command }]),
      { kind: "open-settings" },
    ],
  };
}

/** The server may run on the machine the person sits at, and localhost there is another. */
function otherMachine({ endpoint: { baseUrl }, machine, machineIs }: Subject): readonly Finding[] {
  const { host, hostname } = new URL(baseUrl);
  const evidence = [`${host}: ${machine}`];
  return machineIs === "remote" && isLoopbackHost(hostname)
    ? [{ code: "address.remote-localhost", severity: "note", evidence, fixes: [{ kind: "open-settings" }] }]
    : [];
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
  const result = outcome.kind === "connected" ? "connected" : outcome.code;
  return `${hostPort(outcome.address, port)} → ${result} (${Math.round(outcome.durationMs)} ms)`;
}
