import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import {
  blackHolePort,
  refusedPort,
  startTlsServer,
  type CertificateKind,
} from "../../support/faultServer.ts";

describe("the fault ports and certificates", () => {
  it("knows a port that refuses", async () => {
    const socket = connect(await refusedPort(), "127.0.0.1");
    assert.equal(await firstOf(socket, 1000), "refused");
  });

  it("makes a port that no connection gets through to", async () => {
    const hole = await blackHolePort();
    const seen = await firstOf(connect(hole.port, "127.0.0.1"), 300);
    await hole.close();
    assert.equal(seen, "silence");
  });

  const certificates: readonly {
    readonly certificate: CertificateKind;
    readonly trust: boolean;
    readonly outcome: string;
  }[] = [
    { certificate: "trusted", trust: true, outcome: "secure" },
    { certificate: "untrusted", trust: false, outcome: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
    { certificate: "self-signed", trust: false, outcome: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    { certificate: "self-signed", trust: true, outcome: "secure" },
    { certificate: "expired", trust: true, outcome: "CERT_HAS_EXPIRED" },
    { certificate: "wrong-name", trust: true, outcome: "ERR_TLS_CERT_ALTNAME_INVALID" },
  ];
  for (const { certificate, trust, outcome } of certificates) {
    it(`shows the certificate "${certificate}" to a client that ${trust ? "trusts" : "does not trust"} its authority`, async () => {
      const secure = await startTlsServer({ certificate });
      const ca = trust ? { ca: secure.authorityPem } : {};
      const socket = connectTls({ port: secure.port, host: "127.0.0.1", ...ca });
      const seen = await tlsOutcome(socket);
      await secure.close();
      assert.equal(seen, outcome);
    });
  }
});

function firstOf(socket: Socket, waitMs: number): Promise<"connected" | "refused" | "silence"> {
  return new Promise((resolve) => {
    const end = (how: "connected" | "refused" | "silence"): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    };
    const timer = setTimeout(() => end("silence"), waitMs);
    socket.once("connect", () => end("connected"));
    socket.once("error", () => end("refused"));
  });
}

/** "secure", or the code of what was wrong. */
function tlsOutcome(socket: TLSSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (outcome: string | undefined): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once("secureConnect", () => end("secure"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code));
  });
}
