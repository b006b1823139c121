import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";

import type { Fix } from "../../src/core/diagnosis/finding.ts";
import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";

const key = "sk-host-fixes-9c41d2";
const entry = { id: "fixed", baseUrl: "http://127.0.0.1:1/v1", key: { from: "none" }, checkEverySeconds: 0 };

/** Messages are answered by these, as a person would by a click. */
const answers: { information: string | undefined; warning: string | undefined } = {
  information: undefined,
  warning: undefined,
};
const asked: string[] = [];

describe("fixes, each with one click and with its way back", () => {
  const { showInformationMessage, showWarningMessage } = vscode.window;
  let demo: DemoServer;
  let keyed: DemoServer;

  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    keyed = await startDemoServer({ tokensPerSecond: 0, key });
    Object.assign(vscode.window, {
      showInformationMessage: answering("information"),
      showWarningMessage: answering("warning"),
    });
  });
  beforeEach(async () => {
    Object.assign(answers, { information: undefined, warning: undefined });
    asked.length = 0;
    await setEndpoints([entry]);
  });
  after(async () => {
    Object.assign(vscode.window, { showInformationMessage, showWarningMessage });
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await Promise.all([demo.close(), keyed.close()]);
  });

  const changes: readonly { readonly fix: Fix; readonly changed: object }[] = [
    {
      fix: { kind: "set-base-url", baseUrl: "http://127.0.0.1:2/v1" },
      changed: { baseUrl: "http://127.0.0.1:2/v1" },
    },
    {
      fix: { kind: "use-model", task: "chat", model: "Qwen3-8B" },
      changed: { models: { chat: "Qwen3-8B" } },
    },
    {
      fix: { kind: "set-timeout", timer: "connectMs", milliseconds: 9000 },
      changed: { timeouts: { connectMs: 9000 } },
    },
    { fix: { kind: "bypass-proxy", host: "gpu.invalid" }, changed: { proxy: "direct" } },
  ];
  for (const { fix, changed } of changes) {
    it(`${fix.kind} changes the entry and nothing else, and is undone`, async () => {
      await apply(fix);
      assert.deepEqual(stored(), { ...entry, ...changed });
      await setEndpoints([entry]);
      answers.information = "Undo";
      await apply(fix);
      await until(() => JSON.stringify(stored()) === JSON.stringify(entry));
    });
  }

  it("trust-certificate shows subject and fingerprint, keeps the certificate, and is undone", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const digest = createHash("sha256").update(Buffer.from("MIIB", "base64")).digest("hex").toUpperCase();
    const fingerprint = (digest.match(/../g) ?? []).join(":");
    // What a fix claims counts for nothing: any extension may call the command.
    const claimed = "0A:1B:2C:3D:4E:5F";
    const fix = { kind: "trust-certificate", pem, subject: "CN=gpu.invalid", fingerprint: claimed } as const;
    await apply(fix);
    assert.deepEqual(stored(), entry, "refused in the dialog");
    assert.match(asked.join("\n"), /127\.0\.0\.1:1[\s\S]*CN=gpu\.invalid/);
    assert.ok(asked.join("\n").includes(fingerprint));
    assert.ok(!asked.join("\n").includes(claimed));
    answers.warning = "Trust the certificate";
    await apply(fix);
    const path = (stored() as { tls?: { ca?: string } }).tls?.ca ?? "";
    assert.equal(basename(path), `127.0.0.1-${digest.slice(0, 8)}.pem`);
    assert.equal(readFileSync(path, "utf8"), pem);
    await setEndpoints([entry]);
    answers.information = "Undo";
    await apply(fix);
    await until(() => JSON.stringify(stored()) === JSON.stringify(entry));
  });

  describe("try-region", () => {
    const path = join(tmpdir(), `qwen-host-fixes-${process.pid}.key`);
    const withKey = { ...entry, key: { from: "file", path } };
    const region = (baseUrl: string): Fix => ({ kind: "try-region", region: "Elsewhere", baseUrl });

    it("sends nothing until the person agrees to the origin", async () => {
      writeFileSync(path, key);
      await setEndpoints([withKey]);
      await apply(region(keyed.baseUrl));
      assert.deepEqual(stored(), withKey);
      assert.match(asked.join("\n"), new RegExp(new URL(keyed.baseUrl).origin));
      assert.equal(keyed.log.length, 0);
    });

    it("moves the endpoint when the key is accepted there", async () => {
      writeFileSync(path, key);
      await setEndpoints([withKey]);
      answers.warning = "Send the key";
      await apply(region(keyed.baseUrl));
      assert.deepEqual(stored(), { ...withKey, baseUrl: keyed.baseUrl });
    });

    it("says what came back when it is not, and changes nothing", async () => {
      // Another file is another source: the first is bound to where it was accepted.
      const other = { ...withKey, key: { from: "file", path: `${path}-other` } };
      writeFileSync(other.key.path, "sk-host-fixes-another");
      await setEndpoints([other]);
      answers.warning = "Send the key";
      await apply(region(keyed.baseUrl));
      assert.deepEqual(stored(), other);
      assert.match(asked.at(-1) ?? "", /did not accept the key: 401/);
    });
  });
});

function answering(severity: keyof typeof answers) {
  return (text: string, options: { readonly detail?: string }): Promise<string | undefined> => {
    asked.push(`${text}\n${options.detail ?? ""}`);
    return Promise.resolve(answers[severity]);
  };
}

async function apply(fix: Fix): Promise<void> {
  await vscode.commands.executeCommand("qwen.applyFix", { endpointId: "fixed", fix });
}

async function setEndpoints(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration("qwen")
    .update("endpoints", value, vscode.ConfigurationTarget.Global);
}

function stored(): unknown {
  return vscode.workspace.getConfiguration("qwen").get<readonly unknown[]>("endpoints")?.[0];
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isTrue()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail("what was waited for did not come within 5 seconds");
}
