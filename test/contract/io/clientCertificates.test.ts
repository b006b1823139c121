import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFile, copyFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TlsOptions } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { type ClientCertificate, makeClientCertificate } from "../../support/clientCertificates.ts";
import {
  reply,
  startTlsServer,
  type TlsFaultServer,
  type TlsServerOptions,
} from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";

const versions = ["TLSv1.2", "TLSv1.3"] as const;
const verify = { verify: false };

describe("a client certificate", () => {
  let http: NodeHttp;
  let mine: ClientCertificate;
  let others: ClientCertificate;
  const running: TlsFaultServer[] = [];
  before(async () => {
    [mine, others] = await Promise.all([makeClientCertificate(), makeClientCertificate()]);
  });
  after(() => Promise.all([mine.close(), others.close()]));
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  const started = async (
    version: TlsServerOptions["version"] = "TLSv1.3",
    certificate: "required" | "optional" = "required",
  ): Promise<TlsFaultServer> => {
    const clients = { authorityPem: mine.authorityPem, certificate };
    const server = await startTlsServer({ certificate: "trusted", clients, version });
    running.push(server);
    server.serve(reply({ body: "ok" }));
    return server;
  };
  const get = (server: TlsFaultServer, tls: TlsOptions) =>
    http.send(getRequest(`${server.baseUrl}/models`, { tls }), unaborted());
  const shake = ({ port }: TlsFaultServer, tls: TlsOptions) =>
    nodeSockets().handshake({ host: "127.0.0.1", address: "127.0.0.1", port, tls }, 10_000, unaborted());

  const forms: readonly [string, () => Partial<TlsOptions>][] = [
    ["two PEM files", () => ({ cert: mine.cert, key: mine.key })],
    ["one PEM file with both", () => ({ cert: mine.both })],
    ["an encrypted key", () => ({ cert: mine.cert, key: mine.encryptedKey, passphrase: mine.passphrase })],
    ["a PKCS#12 file", () => ({ pfx: mine.pfx, passphrase: mine.passphrase })],
  ];
  for (const version of versions) {
    for (const [name, files] of forms) {
      it(`of ${name} opens a server with ${version}, for requests and handshakes`, async () => {
        const server = await started(version);
        const tls = { ...verify, ...files() };
        const outcome = await get(server, tls);
        assert.equal(outcome.kind, "reply", JSON.stringify(outcome));
        assert.equal((await shake(server, tls)).kind, "secured");
      });
    }

    it(`that is missing with ${version} is a fault that says it was asked for`, async () => {
      const server = await started(version);
      const outcome = await get(server, verify);
      assert.ok(outcome.kind === "fault");
      assert.equal(outcome.fault.asked, "client-certificate", JSON.stringify(outcome.fault));
      const codes = {
        "TLSv1.2": /^ERR_SSL_\w+_ALERT_HANDSHAKE_FAILURE$/,
        "TLSv1.3": /^ERR_SSL_TLSV1\d?_ALERT_CERTIFICATE_REQUIRED$/,
      };
      assert.match(outcome.fault.code, codes[version]);
      assert.equal((await shake(server, verify)).asked, "client-certificate");
      assert.equal(server.requests.length, 0);
    });

    it(`of an authority that the server does not know is asked for with ${version}`, async () => {
      const server = await started(version);
      const outcome = await get(server, { ...verify, cert: others.cert, key: others.key });
      assert.ok(outcome.kind === "fault");
      assert.deepEqual([outcome.fault.code, outcome.fault.asked], ["ECONNRESET", "client-certificate"]);
    });
  }

  it("that nobody asks for is not mentioned", async () => {
    const server = await startTlsServer({ certificate: "untrusted" });
    running.push(server);
    const outcome = await get(server, { verify: true });
    assert.ok(outcome.kind === "fault");
    assert.equal(outcome.fault.asked, undefined);
  });

  const wrong: readonly { name: string; files: () => Partial<TlsOptions>; says: RegExp }[] = [
    {
      name: "a certificate that does not exist",
      files: () => ({ cert: join(mine.folder, "none.pem"), key: mine.key }),
      says: /^tls\.cert .*none\.pem: does not exist \(ENOENT\)$/,
    },
    {
      name: "a folder",
      files: () => ({ cert: mine.folder, key: mine.key }),
      says: /^tls\.cert .*: is no regular file$/,
    },
    {
      name: "an endless file",
      files: () => ({ cert: mine.cert, key: "/dev/zero" }),
      says: /^tls\.key \/dev\/zero: is no regular file$/,
    },
    {
      name: "a certificate that is none",
      files: () => ({ cert: mine.key, key: mine.key }),
      says: /^tls\.cert .*client\.key: holds no certificate in PEM$/,
    },
    {
      name: "a key that is none",
      files: () => ({ cert: mine.cert, key: mine.cert }),
      says: /^tls\.key .*client\.pem: holds no private key in PEM$/,
    },
    {
      name: "a certificate without a key",
      files: () => ({ cert: mine.cert }),
      says: /^tls\.cert .*: holds no private key in PEM, and tls\.key is not set$/,
    },
    {
      name: "a key without a certificate",
      files: () => ({ key: mine.key }),
      says: /^tls\.key .*: tls\.cert is not set$/,
    },
    {
      name: "another certificate's key",
      files: () => ({ cert: mine.cert, key: others.key }),
      says: /^tls\.key .*: is not the key of the certificate in .*client\.pem$/,
    },
    {
      name: "an encrypted key without a passphrase",
      files: () => ({ cert: mine.cert, key: mine.encryptedKey }),
      says: /^tls\.key .*encrypted\.key: is encrypted, and there is no passphrase \(tls\.passphrase\)$/,
    },
    {
      name: "an encrypted key with a wrong passphrase",
      files: () => ({ cert: mine.cert, key: mine.encryptedKey, passphrase: "wrong guess" }),
      says: /^tls\.key .*encrypted\.key: the passphrase does not open it$/,
    },
    {
      name: "a PKCS#12 file without its passphrase",
      files: () => ({ pfx: mine.pfx }),
      says: /^tls\.pfx .*: is encrypted, and there is no passphrase \(tls\.passphrase\)$/,
    },
    {
      name: "a PKCS#12 file with a wrong passphrase",
      files: () => ({ pfx: mine.pfx, passphrase: "wrong guess" }),
      says: /^tls\.pfx .*: the passphrase does not open it$/,
    },
    {
      name: "a PKCS#12 file that is none",
      files: () => ({ pfx: mine.cert, passphrase: "wrong guess" }),
      says: /^tls\.pfx .*: can not be read$/,
    },
    {
      name: "a PKCS#12 file with an old encryption",
      files: () => ({ pfx: mine.oldPfx, passphrase: mine.passphrase }),
      says: /^tls\.pfx .*old\.p12: is encrypted in an old way/,
    },
  ];
  for (const { name, files, says } of wrong) {
    it(`is a clear fault with ${name}, and nothing is sent`, async () => {
      const server = await started();
      const tls = { ...verify, ...files() };
      const outcome = await get(server, tls);
      assert.ok(outcome.kind === "fault");
      const { phase, code, message } = outcome.fault;
      assert.deepEqual([phase, code], ["tls", "CLIENT_CERTIFICATE_FILE"]);
      assert.match(message, says);
      assert.doesNotMatch(message, /wrong guess|correct horse|BEGIN/);
      assert.equal(server.connections, 0);
      const handshake = await shake(server, tls);
      assert.ok(handshake.kind === "fault");
      assert.match(handshake.message, says);
    });
  }

  it("is a clear fault with a key larger than 1 MB", async () => {
    const server = await started();
    const key = join(mine.folder, "large.key");
    await writeFile(key, "");
    await truncate(key, 1024 * 1024 + 1);
    const outcome = await get(server, { ...verify, cert: mine.cert, key });
    assert.ok(outcome.kind === "fault");
    assert.match(outcome.fault.message, /large\.key: is larger than 1 MB$/);
  });

  it("does not wait for a pipe", async () => {
    const server = await started();
    const key = join(mine.folder, "pipe.key");
    execFileSync("sh", ["-c", 'mkfifo "$0"', key]);
    const outcome = await get(server, { ...verify, cert: mine.cert, key });
    assert.ok(outcome.kind === "fault");
    assert.match(outcome.fault.message, /pipe\.key: is no regular file$/);
  });

  it("is read again when its file was replaced", async () => {
    const server = await started();
    const [cert, key] = [join(mine.folder, "renewed.pem"), join(mine.folder, "renewed.key")];
    await copyFile(others.cert, cert);
    await copyFile(others.key, key);
    const tls = { ...verify, cert, key };
    assert.equal((await get(server, tls)).kind, "fault");
    await copyFile(mine.cert, cert);
    await copyFile(mine.key, key);
    // A file system may count in steps longer than this test is; its size tells too.
    await appendFile(cert, "\n");
    assert.equal((await get(server, tls)).kind, "reply");
  });

  it("keeps its connections for those with the same certificate", async () => {
    const server = await started("TLSv1.3", "optional");
    const shown: TlsOptions = { ...verify, cert: mine.cert, key: mine.key };
    const options: readonly TlsOptions[] = [
      shown,
      shown,
      verify,
      { ...verify, pfx: mine.pfx, passphrase: mine.passphrase },
      { ...verify, cert: others.cert, key: others.key },
      { ...verify, pfx: others.pfx, passphrase: others.passphrase },
      shown,
    ];
    const connections: number[] = [];
    for (const tls of options) {
      assert.equal((await get(server, tls)).kind, "reply");
      connections.push(server.connections);
    }
    assert.deepEqual(connections, [1, 1, 2, 3, 4, 5, 5]);
    assert.equal((await get(server, { verify: true })).kind, "fault", "not one that was not verified");
    const ca = join(mine.folder, "server-ca.pem");
    await writeFile(ca, server.authorityPem);
    assert.equal((await get(server, { verify: true, ca })).kind, "reply");
    assert.equal(server.connections, 6);
  });
});
