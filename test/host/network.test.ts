import assert from "node:assert/strict";
import * as dns from "node:dns";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

import type { Report } from "../../src/core/diagnosis/report.ts";
import type { TlsOptions } from "../../src/core/ports.ts";
import { nodeHttp } from "../../src/io/nodeHttp.ts";
import { type ClientCertificate, makeClientCertificate } from "../support/clientCertificates.ts";
import {
  refusedPort,
  reply,
  serveModels,
  startTlsServer,
  type TlsFaultServer,
} from "../support/faultServer.ts";

const timeouts = { connectMs: 8000, firstByteMs: 8000, idleMs: 8000 };

describe("the network of the extension host", () => {
  let server: TlsFaultServer;
  let mine: ClientCertificate;
  let folder: string;
  const { lookup } = dns.promises;
  before(async () => {
    mine = await makeClientCertificate();
    const clients = { authorityPem: mine.authorityPem, certificate: "optional" } as const;
    server = await startTlsServer({ certificate: "trusted", clients });
    folder = mkdtempSync(join(tmpdir(), "qwen-host-network-"));
  });
  afterEach(() => void Object.assign(dns.promises, { lookup }));
  after(async () => {
    await vscode.workspace
      .getConfiguration("qwen")
      .update("endpoints", undefined, vscode.ConfigurationTarget.Global);
    await Promise.all([server.close(), mine.close()]);
    rmSync(folder, { recursive: true });
  });

  const test = async (fields: object): Promise<Report> => {
    const entry = { id: "network", key: { from: "none" }, checkEverySeconds: 0, ...fields };
    await vscode.workspace
      .getConfiguration("qwen")
      .update("endpoints", [entry], vscode.ConfigurationTarget.Global);
    return vscode.commands.executeCommand<Report>("qwen.testEndpoint", {
      endpointId: "network",
      depth: "basic",
    });
  };

  it("trusts a server by the authority of tls.ca, and only the endpoint that names it", async () => {
    serveModels(server);
    const ca = join(folder, "ca.pem");
    writeFileSync(ca, server.authorityPem);
    const trusting = await test({ baseUrl: server.baseUrl, tls: { ca } });
    const passed = trusting.rungs.find(({ id }) => id === "tls")?.status;
    assert.notEqual(trusting.verdict, "failed", JSON.stringify(trusting.findings));
    assert.ok(passed === "passed" || passed === "warned", passed);
    const other = await test({ baseUrl: server.baseUrl });
    assert.equal(other.findings[0]?.code, "tls.untrusted");
  });

  it("never shares a connection between endpoints of different trust, on VS Code's own way either", async () => {
    server.serve(reply({ body: "ok" }));
    Object.assign(dns.promises, {
      lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    });
    const http = nodeHttp();
    const before = server.connections;
    const ask = async (tls: TlsOptions): Promise<string> => {
      const url = `https://lan.invalid:${server.port}/`;
      const request = { method: "GET", url, headers: {}, timeouts, tls, maxBytes: 1000 } as const;
      const { kind } = await http.send(request, new AbortController().signal);
      return `${kind} on ${server.connections - before}`;
    };
    const careless = { verify: false };
    assert.equal(await ask(careless), "reply on 1");
    assert.equal(await ask(careless), "reply on 1");
    assert.match(await ask({ verify: true }), /^fault/);
    const shown = { verify: false, cert: mine.cert, key: mine.key };
    const next = await ask(shown);
    assert.match(next, /^reply/);
    assert.notEqual(next, "reply on 1");
    assert.equal(await ask(shown), next);
    assert.notEqual(await ask({ verify: false, pfx: mine.pfx, passphrase: mine.passphrase }), next);
    http.dispose();
  });

  it("explains that localhost is the machine it runs on, in a remote window", async () => {
    assert.ok(vscode.env.remoteName !== undefined, "the tests run in a remote window");
    const report = await test({ baseUrl: `http://localhost:${await refusedPort()}/v1` });
    const codes = report.findings.map(({ code }) => code);
    assert.ok(codes.includes("address.remote-localhost"), codes.join());
  });
});
