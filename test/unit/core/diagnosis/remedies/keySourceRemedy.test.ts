import assert from "node:assert/strict";

import { withRemedies } from "../../../../../src/core/diagnosis/remedies/withRemedies.ts";
import type { Subject } from "../../../../../src/core/diagnosis/step.ts";
import type { Endpoint, KeySource } from "../../../../../src/core/endpoint/endpoint.ts";
import type { KeyReading } from "../../../../../src/core/ports.ts";
import { aFinding, anEndpoint, aSubject, someCredentials } from "../../../../support/builders.ts";

const missing: KeyReading = { kind: "missing", where: "" };
const failed = (reason: string): KeyReading => ({ kind: "failed", where: "", reason });
const command: KeySource = { from: "command", command: ["vault"], cacheSeconds: 300, timeoutSeconds: 10 };
const keychain: KeySource = { from: "keychain", service: "qwen", account: "me" };

function told(
  key: KeySource,
  reading: KeyReading,
  changes: Partial<Subject> = {},
  more: Partial<Endpoint> = {},
) {
  const subject = aSubject({
    endpoint: anEndpoint({ key, ...more }),
    credentials: someCredentials({ key: reading }),
    ...changes,
  });
  const server = { id: "vllm", name: "vLLM" } as const;
  const [finding] = withRemedies([aFinding("auth.missing")], subject, { server });
  return finding;
}

describe("what to do where a key's source gives nothing", () => {
  const remote = { machine: "SSH: gpu", machineIs: "remote" } as const;
  const cases: readonly {
    readonly name: string;
    readonly key: KeySource;
    readonly reading: KeyReading;
    readonly changes?: Partial<Subject>;
    readonly says: RegExp;
  }[] = [
    {
      name: "a variable",
      key: { from: "env", name: "K" },
      reading: missing,
      says: /variable K .*quit VS Code and start it again/,
    },
    {
      name: "a variable of a remote",
      key: { from: "env", name: "K" },
      reading: missing,
      changes: remote,
      says: /K is not set on SSH: gpu.*own computer does not count/,
    },
    {
      name: "a line of a file",
      key: { from: "env", name: "K", file: ".env" },
      reading: missing,
      says: /\.env has no line K=/,
    },
    {
      name: "a file of variables",
      key: { from: "env", name: "K", file: ".env" },
      reading: failed("ENOENT"),
      says: /no file \.env on this computer/,
    },
    {
      name: "a file that is not there",
      key: { from: "file", path: "/k" },
      reading: failed("ENOENT"),
      changes: remote,
      says: /no file \/k on SSH: gpu/,
    },
    {
      name: "a file of somebody else",
      key: { from: "file", path: "/k" },
      reading: failed("EACCES"),
      says: /may not be read/,
    },
    {
      name: "a folder",
      key: { from: "file", path: "/k" },
      reading: failed("not-a-file"),
      says: /not a regular file/,
    },
    {
      name: "a large file",
      key: { from: "file", path: "/k" },
      reading: failed("too-large"),
      says: /larger than any key/,
    },
    { name: "an odd fault", key: { from: "file", path: "/k" }, reading: failed("EIO"), says: /EIO/ },
    { name: "an empty file", key: { from: "file", path: "/k" }, reading: missing, says: /is empty/ },
    { name: "a silent command", key: command, reading: missing, says: /vault printed nothing/ },
    { name: "no such program", key: command, reading: failed("ENOENT"), says: /no program vault/ },
    {
      name: "a slow command",
      key: command,
      reading: failed("timed-out"),
      says: /within 10 s.*timeoutSeconds/,
    },
    { name: "a command that was ended", key: command, reading: failed("SIGTERM"), says: /within 10 s/ },
    {
      name: "a command that failed",
      key: command,
      reading: failed("2"),
      says: /failed on this computer \(2\)/,
    },
    {
      name: "no keychain",
      key: keychain,
      reading: failed("keychain-missing"),
      says: /libsecret.*"from": "env"/,
    },
    { name: "a locked keychain", key: keychain, reading: failed("keychain-refused"), says: /locked/ },
    { name: "a keychain that is slow", key: keychain, reading: failed("timed-out"), says: /in time/ },
    {
      name: "a secret storage that forgot",
      key: { from: "secret" },
      reading: failed("forgotten"),
      says: /did not keep/,
    },
    { name: "an empty keychain", key: keychain, reading: missing, says: /keyring set qwen me/ },
    { name: "no keyring", key: { from: "secret" }, reading: failed("failed"), says: /without a keyring/ },
    {
      name: "Restricted Mode",
      key: { from: "env", name: "K" },
      reading: failed("untrusted-workspace"),
      says: /not trusted/,
    },
    // Nothing is wrong with the storage, so the server's own remedy stays.
    { name: "no stored key", key: { from: "secret" }, reading: missing, says: /--api-key/ },
    { name: "a placeholder", key: { from: "none" }, reading: { kind: "none" }, says: /--api-key/ },
  ];
  for (const { name, key, reading, changes, says } of cases) {
    it(`speaks of ${name}`, () => assert.match(told(key, reading, changes)?.remedy ?? "", says));
  }

  it("is to move a key that stands in the settings, for it is not sent from there", () => {
    const finding = told({ from: "secret" }, missing, {}, { exposed: [{ place: "baseUrl" }] });
    assert.match(finding?.remedy ?? "", /stands in the settings/);
    assert.deepEqual(finding?.fixes[0], { kind: "move-key-to-secret" });
  });
});
