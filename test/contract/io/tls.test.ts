import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import type { TlsOptions } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { reply, startFaultServer, startTlsServer, type CertificateKind } from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";

/** How a test trusts: its authority in a CA file, not at all, or without looking. */
type Trust = "authority" | "nobody" | "anybody";

interface Case {
  readonly certificate: CertificateKind;
  readonly trust: Trust;
  /** "secured", or why not. */
  readonly code: string;
}

const cases: readonly Case[] = [
  { certificate: "trusted", trust: "authority", code: "secured" },
  { certificate: "trusted", trust: "nobody", code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
  { certificate: "untrusted", trust: "nobody", code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
  { certificate: "untrusted", trust: "anybody", code: "secured" },
  { certificate: "self-signed", trust: "nobody", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  { certificate: "self-signed", trust: "authority", code: "secured" },
  { certificate: "expired", trust: "authority", code: "CERT_HAS_EXPIRED" },
  { certificate: "expired", trust: "anybody", code: "secured" },
  { certificate: "wrong-name", trust: "authority", code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  { certificate: "wrong-name", trust: "anybody", code: "secured" },
];

describe("TLS", () => {
  let http: NodeHttp;
  let folder: string;
  const running: { close(): Promise<void> }[] = [];
  /** Closed after the test, however it ends. */
  const started = async <T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> => {
    running.push(await server);
    return server;
  };
  beforeEach(async () => {
    http = nodeHttp();
    folder = await mkdtemp(join(tmpdir(), "qwen-endpoints-ca-"));
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  });

  const optionsFor = async (trust: Trust, pem: string): Promise<TlsOptions> => {
    if (trust !== "authority") return { verify: trust === "nobody" };
    const ca = join(folder, "ca.pem");
    await writeFile(ca, pem);
    return { verify: true, ca };
  };

  for (const { certificate, trust, code } of cases) {
    it(`with the certificate "${certificate}" and trust in ${trust} gives ${code}`, async () => {
      const server = await started(startTlsServer({ certificate }));
      server.serve(reply({ body: "ok" }));
      const tls = await optionsFor(trust, server.authorityPem);
      const outcome = await http.send(getRequest(`${server.baseUrl}/models`, { tls }), unaborted());
      const handshake = await nodeSockets().handshake(
        { host: "127.0.0.1", address: "127.0.0.1", port: server.port, tls },
        10_000,
        unaborted(),
      );

      if (code === "secured") {
        assert.ok(outcome.kind === "reply", JSON.stringify(outcome));
        const { connectMs = -1, tlsMs = -1, firstByteMs = -1 } = outcome.reply.timings;
        assert.ok(connectMs >= 0 && tlsMs >= connectMs && firstByteMs >= tlsMs);
        assert.ok(handshake.kind === "secured");
        assert.match(handshake.protocol, /^TLSv1\.[23]$/);
        return;
      }
      assert.ok(outcome.kind === "fault");
      assert.deepEqual([outcome.fault.phase, outcome.fault.code], ["tls", code]);
      assert.equal(server.requests.length, 0);
      assert.ok(handshake.kind === "fault");
      assert.equal(handshake.code, code);
    });
  }

  it("shows the certificate that was refused", async () => {
    const server = await started(startTlsServer({ certificate: "wrong-name" }));
    const tls = await optionsFor("authority", server.authorityPem);
    const target = { host: "localhost", address: "127.0.0.1", port: server.port, tls };
    const handshake = await nodeSockets().handshake(target, 10_000, unaborted());
    assert.ok(handshake.kind === "fault");
    const { certificate } = handshake;
    assert.match(certificate?.subject ?? "", /Fault server/);
    assert.match(certificate?.issuer ?? "", /Fault server authority/);
    assert.deepEqual(certificate?.names, ["DNS:wrong-name.test"]);
    assert.ok(!Number.isNaN(Date.parse(certificate.validTo)));
  });

  it("keeps a connection for several requests, and apart by what is trusted", async () => {
    const server = await started(startTlsServer({ certificate: "untrusted" }));
    server.serve(reply({ body: "ok" }));
    const url = `${server.baseUrl}/models`;
    const careless = { verify: false };
    for (const tls of [careless, careless]) {
      assert.equal((await http.send(getRequest(url, { tls }), unaborted())).kind, "reply");
    }
    assert.equal(server.connections, 1);
    const careful = await http.send(getRequest(url, { tls: { verify: true } }), unaborted());
    assert.equal(
      careful.kind,
      "fault",
      "a connection that was not verified is not used for one that must be",
    );
  });

  it("notices that the CA file was replaced", async () => {
    const [first, second] = await Promise.all([
      started(startTlsServer({ certificate: "trusted" })),
      started(startTlsServer({ certificate: "trusted" })),
    ]);
    second.serve(reply({ body: "ok" }));
    const ask = async (pem: string): Promise<string> => {
      const tls = await optionsFor("authority", pem);
      return (await http.send(getRequest(second.baseUrl, { tls }), unaborted())).kind;
    };
    assert.equal(await ask(first.authorityPem), "fault");
    assert.equal(await ask(second.authorityPem), "reply");
  });

  const files: readonly { readonly name: string; readonly write: (path: string) => Promise<void> }[] = [
    { name: "does not exist", write: () => Promise.resolve() },
    { name: "is no PEM", write: (path) => writeFile(path, "no certificate at all") },
    {
      name: "holds a broken certificate",
      write: (path) => writeFile(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
    },
  ];
  for (const { name, write } of files) {
    it(`is a fault of the layer tls, and nothing thrown, when the CA file ${name}`, async () => {
      const server = await started(startTlsServer({ certificate: "trusted" }));
      const ca = join(folder, "wrong.pem");
      await write(ca);
      const tls = { verify: true, ca };
      const outcome = await http.send(getRequest(server.baseUrl, { tls }), unaborted());
      const target = { host: "127.0.0.1", address: "127.0.0.1", port: server.port, tls };
      const handshake = await nodeSockets().handshake(target, 10_000, unaborted());
      assert.equal(outcome.kind === "fault" ? outcome.fault.phase : outcome.kind, "tls");
      assert.ok(handshake.kind === "fault");
      if (name === "does not exist") assert.match(handshake.message, /wrong\.pem/);
    });
  }

  it("spoken to a port of plain HTTP is told apart", async () => {
    const demo = await started(startDemoServer());
    const outcome = await http.send(getRequest(`https://127.0.0.1:${demo.port}/v1/models`), unaborted());
    const target = { host: "127.0.0.1", address: "127.0.0.1", port: demo.port };
    const handshake = await nodeSockets().handshake(target, 10_000, unaborted());
    assert.ok(outcome.kind === "fault" && handshake.kind === "fault");
    const plain = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/;
    assert.equal(outcome.fault.phase, "tls");
    assert.match(outcome.fault.code, plain);
    assert.match(handshake.code, plain);
  });

  it("is a time-out of connecting when the peer never shakes hands", async () => {
    const server = await started(startFaultServer());
    const timeouts = { connectMs: 150, firstByteMs: 15_000, idleMs: 15_000 };
    const url = server.origin.replace("http:", "https:");
    const outcome = await http.send(getRequest(url, { timeouts }), unaborted());
    const target = { host: "127.0.0.1", address: "127.0.0.1", port: server.port };
    const handshake = await nodeSockets().handshake(target, 150, unaborted());
    assert.ok(outcome.kind === "fault" && handshake.kind === "fault");
    const { phase, code, timer } = outcome.fault;
    assert.deepEqual({ phase, code, timer }, { phase: "tls", code: "TIMEOUT", timer: "connect" });
    assert.equal(handshake.code, "TIMEOUT");
  });

  it("answers plain HTTP with something that is a fault, not a reply", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    const url = server.origin.replace("https:", "http:");
    const outcome = await http.send(getRequest(url), unaborted());
    assert.ok(outcome.kind === "fault", JSON.stringify(outcome));
    assert.match(outcome.fault.code, /^(ECONNRESET|EPIPE|HPE_)/);
  });
});
