import assert from "node:assert/strict";

import { connect } from "../../../../../src/core/diagnosis/steps/connect.ts";
import { hostOf, portOf } from "../../../../../src/core/diagnosis/steps/hostOf.ts";
import { name } from "../../../../../src/core/diagnosis/steps/name.ts";
import type { ConnectOutcome } from "../../../../../src/core/ports.ts";
import { anEndpoint, aSubject } from "../../../../support/builders.ts";

const subject = (baseUrl: string) => aSubject({ endpoint: anEndpoint({ baseUrl }) });

const fails = (address: string, code: string): ConnectOutcome => ({
  kind: "fault",
  address,
  code,
  durationMs: 1,
});

describe("the connection rung", () => {
  const cases: readonly { codes: readonly string[]; expected: string }[] = [
    { codes: ["ECONNREFUSED"], expected: "connect.refused" },
    { codes: ["TIMEOUT", "ECONNREFUSED"], expected: "connect.refused" },
    { codes: ["TIMEOUT"], expected: "connect.timeout" },
    { codes: ["ENETUNREACH", "ETIMEDOUT"], expected: "connect.timeout" },
    { codes: ["ECONNRESET"], expected: "connect.reset" },
    { codes: ["EHOSTUNREACH"], expected: "connect.unreachable" },
    { codes: [], expected: "connect.unreachable" },
  ];
  for (const { codes, expected } of cases) {
    it(`finds ${expected} when all addresses fail with ${codes.join(", ") || "nothing tried"}`, () => {
      const outcomes = codes.map((code, index) => fails(`10.0.0.${index}`, code));
      const { findings } = connect.judge(outcomes, subject("http://gpu.example/v1"), {});
      assert.deepEqual(
        findings.map(({ code, severity }) => [code, severity]),
        [[expected, "blocker"]],
      );
    });
  }

  it("passes when one family answers, and remembers which", () => {
    const addresses = [
      { address: "::1", family: 6 as const },
      { address: "127.0.0.1", family: 4 as const },
    ];
    const outcomes: readonly ConnectOutcome[] = [
      fails("::1", "ECONNREFUSED"),
      { kind: "connected", address: "127.0.0.1", durationMs: 2 },
    ];
    const judged = connect.judge(outcomes, subject("http://localhost:8000/v1"), { addresses });
    assert.deepEqual(judged.findings, []);
    assert.deepEqual(judged.learned?.reached, addresses[1]);
    assert.deepEqual(judged.evidence, [
      "[::1]:8000 → ECONNREFUSED (1 ms)",
      "127.0.0.1:8000 → connected (2 ms)",
    ]);
  });

  it("offers the command that shows who listens, on this machine alone", () => {
    const commands = (baseUrl: string) =>
      connect
        .judge([fails("127.0.0.1", "ECONNREFUSED")], subject(baseUrl), {})
        .findings[0]?.fixes.filter(({ kind }) => kind === "run-command");
    assert.deepEqual(commands("http://localhost:8000/v1"), [
      { kind: "run-command", command: 'ss -ltnp "sport = :8000"' },
    ]);
    assert.deepEqual(commands("http://gpu.example:8000/v1"), []);
  });

  it("notes that localhost is another machine where the requests leave from one, once nothing answers", () => {
    const outcomes = [fails("127.0.0.1", "ECONNREFUSED")];
    const elsewhere = { machine: "SSH", machineIs: "remote" } as const;
    const { findings } = connect.judge(
      outcomes,
      { ...subject("http://localhost:8000/v1"), ...elsewhere },
      {},
    );
    assert.deepEqual(findings.slice(1), [
      {
        code: "address.remote-localhost",
        severity: "note",
        evidence: ["localhost:8000: SSH"],
        fixes: [{ kind: "open-settings" }],
      },
    ]);
  });

  const ports: readonly [baseUrl: string, port: number][] = [
    ["http://h/v1", 80],
    ["https://h/v1", 443],
    ["http://[::1]:8000/v1", 8000],
  ];
  for (const [baseUrl, port] of ports) {
    it(`takes ${port} as the port of ${baseUrl}`, () => assert.equal(portOf(baseUrl), port));
  }
});

describe("the name rung", () => {
  const codes: readonly [code: string, expected: string][] = [
    ["ENOTFOUND", "name.not-found"],
    ["ENODATA", "name.not-found"],
    ["EAI_AGAIN", "name.timeout"],
    ["TIMEOUT", "name.timeout"],
  ];
  for (const [code, expected] of codes) {
    it(`finds ${expected} after ${code}`, () => {
      const { findings } = name.judge({ kind: "fault", code, durationMs: 1 }, subject("http://h/v1"), {});
      assert.equal(findings[0]?.code, expected);
    });
  }

  it("asks for an IPv6 address without its brackets", () => {
    assert.equal(hostOf("http://[fe80::1]:8000/v1"), "fe80::1");
  });
});
