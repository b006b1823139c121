import assert from "node:assert/strict";
import { join } from "node:path";
import type { Fix } from "../../../src/core/diagnosis/finding.ts";
import { type ClientCertificate, makeClientCertificate } from "../../support/clientCertificates.ts";
import { reply, serveModels, startTlsServer } from "../../support/faultServer.ts";
import { endpointAt, keyed } from "../support/endpoints.ts";
import { blockerIn, ladderBench, secret } from "../support/ladderBench.ts";

const code = "tls.client-certificate";
const fixes: readonly Fix["kind"][] = ["choose-client-certificate", "open-settings", "test-again"];

describe("a server that wants a client certificate", () => {
  const { started, climb } = ladderBench();
  let mine: ClientCertificate;
  let others: ClientCertificate;
  before(async () => {
    [mine, others] = await Promise.all([makeClientCertificate(), makeClientCertificate()]);
  });
  after(() => Promise.all([mine.close(), others.close()]));

  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    const serve = async () => {
      const clients = { authorityPem: mine.authorityPem, certificate: "required" as const };
      const server = await started(startTlsServer({ certificate: "trusted", clients, version }));
      serveModels(server, { key: secret });
      return server;
    };

    it(`is named with ${version} where none is shown`, async () => {
      const server = await serve();
      const finding = blockerIn(await climb(endpointAt(server.baseUrl, { tls: { verify: false } })), code);
      assert.deepEqual([...finding.fixes.map(({ kind }) => kind)].sort(), [...fixes].sort());
      assert.equal(finding.fixes[0]?.kind, "choose-client-certificate");
      assert.match(finding.evidence.join("\n"), /^the server asked for a client certificate$/m);
      assert.equal(server.requests.length, 0);
    });

    it(`is named with ${version} where another authority signed the one that is shown`, async () => {
      const server = await serve();
      const tls = { verify: false, cert: others.cert, key: others.key };
      blockerIn(await climb(endpointAt(server.baseUrl, { tls })), code);
    });

    it(`is content with ${version} when the right one is shown`, async () => {
      const server = await serve();
      const tls = {
        verify: false,
        cert: mine.cert,
        key: mine.encryptedKey,
        passphrase: "${secret:under-test-passphrase}",
      };
      const credentials = { ...keyed(secret), passphrase: mine.passphrase };
      const report = await climb(endpointAt(server.baseUrl, { tls }), { subject: { credentials } });
      assert.equal(report.verdict, "healthy", JSON.stringify(report.findings));
      assert.doesNotMatch(JSON.stringify(report), new RegExp(mine.passphrase));
    });
  }

  it("is not suspected where it only asks, and fails for another reason", async () => {
    const clients = { authorityPem: mine.authorityPem, certificate: "optional" as const };
    const server = await started(startTlsServer({ certificate: "trusted", clients }));
    server.serve(reply({ status: 401, body: { error: { message: "Unauthorized" } } }));
    blockerIn(await climb(endpointAt(server.baseUrl, { tls: { verify: false } })), "auth.rejected");
  });

  it("has its finding for a file that can not be used, which names the file", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    const key = join(mine.folder, "nowhere.key");
    const endpoint = endpointAt(server.baseUrl, { tls: { verify: false, cert: mine.cert, key } });
    const finding = blockerIn(await climb(endpoint), code);
    assert.match(finding.evidence.join("\n"), /tls\.key .*nowhere\.key: does not exist/);
    assert.equal(finding.fixes[0]?.kind, "choose-client-certificate");
  });

  it("is told from a CA file that can not be used", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    const ca = join(mine.folder, "nowhere.pem");
    const finding = blockerIn(
      await climb(endpointAt(server.baseUrl, { tls: { verify: true, ca } })),
      "tls.untrusted",
    );
    assert.match(finding.evidence.join("\n"), /tls\.ca .*nowhere\.pem: does not exist/);
    assert.ok(finding.fixes.some(({ kind }) => kind === "choose-ca-file"));
  });

  const pages = ["400 No required SSL certificate was sent", "400 The SSL certificate error"];
  for (const title of pages) {
    it(`is named by nginx's page "${title}"`, async () => {
      const server = await started(startTlsServer({ certificate: "trusted" }));
      const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>${title.slice(4)}</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
      server.serve(reply({ status: 400, headers: { server: "nginx", "content-type": "text/html" }, body }));
      const finding = blockerIn(await climb(endpointAt(server.baseUrl, { tls: { verify: false } })), code);
      assert.equal(finding.fixes[0]?.kind, "choose-client-certificate");
    });
  }
});
