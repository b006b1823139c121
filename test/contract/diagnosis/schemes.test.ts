import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  closeAtOnce,
  serveModels,
  startFaultServer,
  startTlsServer,
  type CertificateKind,
  type TlsServerOptions,
} from "../../support/faultServer.ts";
import { endpointAt, patient } from "../support/endpoints.ts";
import {
  assertUnblocked,
  baseUrlsIn,
  blockerIn,
  ladderBench,
  offeredBaseUrl,
  variationsOf,
} from "../support/ladderBench.ts";

describe("the schemes and certificates of an endpoint", () => {
  const { started, climb } = ladderBench();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "qwen-endpoints-ca-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const trusting = async (pem: string): Promise<Pick<Endpoint, "tls">> => {
    const ca = join(folder, "ca.pem");
    await writeFile(ca, pem);
    return { tls: { verify: true, ca } };
  };

  it("proves http where https meets a plain server, without sending the key", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    // This one waits for the rest of the request; others answer 400, or hang up.
    const timeouts = { ...patient, connectMs: 300 };
    const report = await climb(endpointAt(server.baseUrl.replace("http:", "https:"), { timeouts }));
    const offered = offeredBaseUrl(blockerIn(report, "tls.plain-http-server"));
    assert.equal(offered, server.baseUrl);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers["authorization"]),
      [undefined],
    );
    assert.equal((await climb(endpointAt(offered))).verdict, "healthy");
  });

  it("proves https where http meets a TLS server, without sending the key", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    serveModels(server);
    const trust = await trusting(server.authorityPem);
    const report = await climb(endpointAt(server.baseUrl.replace("https:", "http:"), trust));
    const offered = offeredBaseUrl(blockerIn(report, "tls.https-server"));
    assert.equal(offered, server.baseUrl);
    assert.ok(server.requests.every(({ headers }) => headers["authorization"] === undefined));
    assert.equal((await climb(endpointAt(offered, trust))).verdict, "healthy");
  });

  it("does not offer https where nobody speaks it", async () => {
    const server = await started(startFaultServer());
    server.serve(closeAtOnce);
    const report = await climb(endpointAt(server.baseUrl));
    assert.deepEqual(baseUrlsIn(blockerIn(report, "connect.reset").fixes), []);
    assert.deepEqual(
      variationsOf(report, "http").map(({ worked }) => worked),
      ["no"],
    );
  });

  const unknown: readonly (TlsServerOptions & { readonly name: string; readonly code: string })[] = [
    { name: "one that signed itself", certificate: "self-signed", code: "tls.self-signed" },
    { name: "one of an unknown authority", certificate: "untrusted", code: "tls.untrusted" },
    {
      name: "one that comes with its authority",
      certificate: "untrusted",
      chain: "whole",
      code: "tls.untrusted",
    },
  ];
  for (const { name, code, ...options } of unknown) {
    it(`names ${code} for ${name}, and trusting this certificate alone is enough`, async () => {
      const server = await started(startTlsServer(options));
      serveModels(server);
      const report = await climb(endpointAt(server.baseUrl));
      const { fixes } = blockerIn(report, code);
      const [trust, choose] = fixes;
      assert.ok(trust?.kind === "trust-certificate" && choose?.kind === "choose-ca-file");
      assert.equal(trust.pem.match(/BEGIN CERTIFICATE/g)?.length, 1);
      const { raw } = new X509Certificate(trust.pem);
      const digest = createHash("sha256").update(raw).digest("hex").toUpperCase();
      assert.equal(trust.fingerprint.replaceAll(":", ""), digest);
      assert.match(trust.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      assert.equal(trust.subject, "CN=Fault server");
      assert.equal(server.requests.length, 0);

      const trusted = await climb(endpointAt(server.baseUrl, await trusting(trust.pem)));
      assert.equal(trusted.verdict, "healthy", JSON.stringify(trusted.findings));
    });
  }

  const wrong: readonly [certificate: CertificateKind, code: string, evidence: RegExp][] = [
    ["expired", "tls.expired", /valid to: Feb +1 00:00:00 2020 GMT/],
    ["wrong-name", "tls.name-mismatch", /names: DNS:wrong-name\.test/],
  ];
  for (const [certificate, code, evidence] of wrong) {
    it(`names ${code}, with what the certificate says as evidence`, async () => {
      const server = await started(startTlsServer({ certificate }));
      serveModels(server);
      const trust = await trusting(server.authorityPem);
      const finding = blockerIn(await climb(endpointAt(server.baseUrl, trust)), code);
      assert.match(finding.evidence.join("\n"), evidence);
      assert.ok(finding.fixes.every(({ kind }) => kind !== "trust-certificate" && kind !== "set-base-url"));
      assert.equal(server.requests.length, 0);
    });
  }

  it("offers a name of the certificate that leads to the same address and passes", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    serveModels(server);
    const trust = await trusting(server.authorityPem);
    const real = nodeSockets();
    const sockets = {
      ...real,
      lookup: (host: string, signal: AbortSignal) =>
        real.lookup(host === "gpu.invalid" ? "127.0.0.1" : host, signal),
    };
    const endpoint = endpointAt(`https://gpu.invalid:${server.port}/v1`, trust);
    const finding = blockerIn(await climb(endpoint, { ports: { sockets } }), "tls.name-mismatch");
    const offered = offeredBaseUrl(finding);
    assert.equal(offered, `https://localhost:${server.port}/v1`);
    assert.equal((await climb(endpointAt(offered, trust))).verdict, "healthy");
  });

  it("shows protocol, chain and dates of a good certificate, with a note when it ends soon", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    serveModels(server);
    const report = await climb(endpointAt(server.baseUrl, await trusting(server.authorityPem)));
    const rung = report.rungs.find(({ id }) => id === "tls");
    const evidence = rung?.evidence.join("\n") ?? "";
    assert.match(evidence, /^TLSv1\.[23]$/m);
    assert.match(evidence, /^subject: CN=Fault server$/m);
    assert.match(evidence, /^issuer: CN=Fault server authority$/m);
    assert.match(evidence, /^valid to: .* GMT$/m);
    assert.match(evidence, /^SHA-256: /m);
    assert.deepEqual(
      report.findings.map(({ code, severity }) => [code, severity]),
      [["tls.expired", "note"]],
    );
    assert.equal(report.verdict, "healthy");
    assertUnblocked(report, "tls");
  });
});
