import assert from "node:assert/strict";

import { address } from "../../../../../src/core/diagnosis/steps/address.ts";
import type { KeyReading } from "../../../../../src/core/ports.ts";
import { anEndpoint, aSubject, someCredentials } from "../../../../support/builders.ts";

const key: KeyReading = { kind: "key", value: "sk-1" };
const heldBack: KeyReading = { kind: "plain-http", origin: "http://gpu.example" };

function judge(baseUrl: string, reading: KeyReading = { kind: "none" }) {
  const subject = aSubject({
    endpoint: anEndpoint({ baseUrl }),
    credentials: someCredentials({ key: reading }),
  });
  return address.judge(baseUrl, subject, {}).findings;
}

describe("the address rung", () => {
  const good = [
    "http://localhost:8000/v1",
    "https://api.openai.com/v1",
    "http://[::1]:8000/v1",
    // llama.cpp and TEI answer without a version.
    "http://localhost:8000",
    "https://gw.example/team/llm?tenant=a",
    "https://x.example/openai/deployments/d?api-version=1",
  ];
  for (const baseUrl of good) {
    it(`finds nothing wrong in ${baseUrl}`, () => assert.deepEqual(judge(baseUrl), []));
  }

  const bad: readonly { baseUrl: string; code: string; severity: string; fixed?: string }[] = [
    { baseUrl: "not a url", code: "address.invalid", severity: "blocker" },
    { baseUrl: "ftp://host/v1", code: "address.invalid", severity: "blocker" },
    {
      baseUrl: "localhost:8000/v1",
      code: "address.scheme-missing",
      severity: "blocker",
      fixed: "http://localhost:8000/v1",
    },
    { baseUrl: "http://localhost:0/v1", code: "address.bad-port", severity: "blocker" },
    { baseUrl: "http://localhost:70000/v1", code: "address.bad-port", severity: "blocker" },
    { baseUrl: "localhost:70000/v1", code: "address.bad-port", severity: "blocker" },
    { baseUrl: "http://[::1]:70000", code: "address.bad-port", severity: "blocker" },
    {
      baseUrl: "https://user:sk-123@gpu.example/v1",
      code: "address.invalid",
      severity: "blocker",
      fixed: "https://gpu.example/v1",
    },
    {
      baseUrl: "http://localhost:8000/v1/v1",
      code: "address.doubled-v1",
      severity: "warning",
      fixed: "http://localhost:8000/v1",
    },
    {
      baseUrl: "http://localhost:8000/v1/v1?tenant=a",
      code: "address.doubled-v1",
      severity: "warning",
      fixed: "http://localhost:8000/v1?tenant=a",
    },
    {
      baseUrl: "http://localhost:8000/v1/chat/completions",
      code: "address.full-path",
      severity: "warning",
      fixed: "http://localhost:8000/v1",
    },
    {
      baseUrl: "https://x.example/openai/deployments/d/chat/completions?api-version=1",
      code: "address.full-path",
      severity: "warning",
      fixed: "https://x.example/openai/deployments/d?api-version=1",
    },
    {
      baseUrl: "http://0.0.0.0:8000/v1",
      code: "address.wildcard-host",
      severity: "warning",
      fixed: "http://127.0.0.1:8000/v1",
    },
    {
      baseUrl: "http://[::]:8000/v1",
      code: "address.wildcard-host",
      severity: "warning",
      fixed: "http://[::1]:8000/v1",
    },
  ];
  for (const { baseUrl, code, severity, fixed } of bad) {
    it(`finds ${code} in ${baseUrl}`, () => {
      const [finding, ...rest] = judge(baseUrl);
      assert.deepEqual([finding?.code, finding?.severity, rest], [code, severity, []]);
      const offered = finding?.fixes.flatMap((fix) => (fix.kind === "set-base-url" ? [fix.baseUrl] : []));
      assert.deepEqual(offered, fixed === undefined ? [] : [fixed]);
    });
  }

  it("offers to send a key in the clear, and only notes it once that was agreed to", () => {
    const [held, sent] = [heldBack, key].map((reading) => judge("http://gpu.example/v1", reading)[0]);
    const allow = { kind: "allow-plain-http", origin: "http://gpu.example" };
    assert.deepEqual([held?.severity, held?.fixes[0]], ["warning", allow]);
    assert.deepEqual([sent?.severity, sent?.fixes[0]], ["note", { kind: "open-settings" }]);
  });

  const plain: readonly { baseUrl: string; reading: KeyReading; codes: readonly string[] }[] = [
    { baseUrl: "http://gpu.example/v1", reading: key, codes: ["auth.plain-http"] },
    { baseUrl: "http://gpu.example/v1", reading: heldBack, codes: ["auth.plain-http"] },
    { baseUrl: "http://gpu.example/v1", reading: { kind: "none" }, codes: [] },
    { baseUrl: "http://127.0.0.1/v1", reading: key, codes: [] },
    { baseUrl: "https://gpu.example/v1", reading: key, codes: [] },
  ];
  for (const { baseUrl, reading, codes } of plain) {
    it(`finds ${codes.join() || "nothing"} in ${baseUrl} with the key "${reading.kind}"`, () => {
      assert.deepEqual(
        judge(baseUrl, reading).map(({ code }) => code),
        codes,
      );
    });
  }

  const cleaned: readonly [baseUrl: string, evidence: readonly string[]][] = [
    ["http://localhost:8000/v1", ["http://localhost:8000/v1"]],
    [
      "http://localhost:8000/v1/chat/completions",
      ["http://localhost:8000/v1/chat/completions", "path-cut → http://localhost:8000/v1"],
    ],
    [
      "https://user:sk-123@gpu.example/v1?api_key=sk-456",
      ["https://•••@gpu.example/v1", "credentials-removed → https://gpu.example/v1"],
    ],
  ];
  for (const [baseUrl, evidence] of cleaned) {
    it(`says what was cleaned of ${baseUrl}`, () => {
      assert.deepEqual(
        address.judge(baseUrl, aSubject({ endpoint: anEndpoint({ baseUrl }) }), {}).evidence,
        evidence,
      );
    });
  }

  it("says which machine localhost means where the requests leave from another", () => {
    const at = (baseUrl: string) => {
      const elsewhere = { machine: "SSH", machineIs: "remote" } as const;
      return address.judge(baseUrl, aSubject({ endpoint: anEndpoint({ baseUrl }), ...elsewhere }), {});
    };
    assert.ok(at("http://localhost:8000/v1").evidence.includes("localhost:8000: SSH"));
    assert.deepEqual(at("http://localhost:8000/v1").findings, []);
    assert.equal(at("https://gpu.example/v1").evidence.length, 1);
  });
});
