import assert from "node:assert/strict";

import { caFileName, describeChange } from "../../../../src/core/diagnosis/describeChange.ts";
import type { Fix } from "../../../../src/core/diagnosis/finding.ts";
import { anEndpoint } from "../../../support/builders.ts";

const fingerprint = "A1:B2:C3:D4:E5:F6";
const endpoint = anEndpoint({
  baseUrl: "https://gpu.invalid:8443/v1",
  models: { chat: "qwen3-8b" },
  key: { from: "secret" },
});

describe("describeChange", () => {
  const changes: readonly { readonly fix: Fix; readonly expected: string | undefined }[] = [
    {
      fix: { kind: "set-base-url", baseUrl: "https://gpu.invalid/v1" },
      expected: "baseUrl: https://gpu.invalid:8443/v1 → https://gpu.invalid/v1",
    },
    {
      fix: { kind: "try-region", region: "Singapore", baseUrl: "https://sg.invalid/v1" },
      expected: "baseUrl: https://gpu.invalid:8443/v1 → https://sg.invalid/v1",
    },
    {
      fix: { kind: "use-model", task: "chat", model: "Qwen3-8B" },
      expected: "models.chat: qwen3-8b → Qwen3-8B",
    },
    {
      fix: { kind: "use-model", task: "embedding", model: "Qwen3-Embedding-4B" },
      expected: "models.embedding: not set → Qwen3-Embedding-4B",
    },
    { fix: { kind: "use-no-key" }, expected: "key.from: secret → none" },
    {
      fix: { kind: "set-timeout", timer: "connectMs", milliseconds: 15_000 },
      expected: "timeouts.connectMs: 5000 → 15000",
    },
    {
      fix: { kind: "trust-certificate", pem: "", subject: "CN=gpu", fingerprint },
      expected: "tls.ca: not set → gpu.invalid-A1B2C3D4.pem",
    },
    { fix: { kind: "choose-ca-file" }, expected: "tls.ca: not set → a file of your choice" },
    { fix: { kind: "bypass-proxy", host: "gpu.invalid" }, expected: "proxy: not set → direct" },
    { fix: { kind: "set-key" }, expected: undefined },
    { fix: { kind: "run-command", command: "ss -ltnp" }, expected: undefined },
    { fix: { kind: "test-again" }, expected: undefined },
  ];
  for (const { fix, expected } of changes) {
    it(`says of ${fix.kind}: ${expected ?? "nothing, as no setting changes"}`, () => {
      assert.equal(describeChange(fix, endpoint), expected);
    });
  }

  it("shows what would hide or reorder text in a model's id", () => {
    const fix = { kind: "use-model", task: "chat", model: "a\u202eb" } as const;
    assert.equal(describeChange(fix, endpoint), "models.chat: qwen3-8b → a[U+202E]b");
  });
});

describe("caFileName", () => {
  const names = [
    { baseUrl: "https://gpu.invalid/v1", expected: "gpu.invalid-A1B2C3D4.pem" },
    { baseUrl: "https://[::1]:8443/v1", expected: "_1_-A1B2C3D4.pem" },
    { baseUrl: "https://10.0.0.7/v1", expected: "10.0.0.7-A1B2C3D4.pem" },
  ];
  for (const { baseUrl, expected } of names) {
    it(`of ${baseUrl} is a plain file name`, () => {
      assert.equal(caFileName(baseUrl, fingerprint), expected);
    });
  }

  it("never leaves its folder, whatever stands for a fingerprint", () => {
    assert.equal(caFileName("https://gpu.invalid/v1", "../../etc/passwd"), "gpu.invalid-ecad.pem");
  });
});
