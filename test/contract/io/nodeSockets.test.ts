import assert from "node:assert/strict";
import type { ConnectOutcome } from "../../../src/core/ports.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { blackHolePort, refusedPort, startFaultServer } from "../../support/faultServer.ts";
import { unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const sockets = nodeSockets();

describe("nodeSockets", () => {
  const running: { close(): Promise<void> }[] = [];
  /** Closed after the test, however it ends. */
  const started = async <T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> => {
    running.push(await server);
    return server;
  };
  afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

  const literals: readonly { readonly host: string; readonly family: 4 | 6 }[] = [
    { host: "127.0.0.1", family: 4 },
    { host: "::1", family: 6 },
  ];
  for (const { host, family } of literals) {
    it(`looks up ${host} as itself`, async () => {
      const outcome = await sockets.lookup(host, unaborted());
      assert.deepEqual(outcome.kind === "found" ? outcome.addresses : outcome, [{ address: host, family }]);
    });
  }

  it("looks up localhost", async () => {
    const outcome = await sockets.lookup("localhost", unaborted());
    assert.ok(outcome.kind === "found");
    assert.ok(outcome.addresses.some(({ address }) => address === "127.0.0.1" || address === "::1"));
  });

  it("does not find a name under .invalid, and asks again the next time", async () => {
    for (let count = 0; count < 2; count++) {
      const outcome = await sockets.lookup("no-such-host.invalid", unaborted());
      assert.match(outcome.kind === "fault" ? outcome.code : outcome.kind, /^(ENOTFOUND|EAI_AGAIN)$/);
    }
  });

  it("looks up nothing once it is cancelled", async () => {
    const outcome = await sockets.lookup("localhost", AbortSignal.abort());
    assert.equal(outcome.kind === "fault" ? outcome.code : outcome.kind, "ABORTED");
  });

  for (const host of ["127.0.0.1", "::1"] as const) {
    it(`connects to ${host} and hangs up`, async () => {
      const server = await started(startFaultServer({ host }));
      const outcome = await sockets.connect(host, server.port, 10_000, unaborted());
      assert.deepEqual([outcome.kind, outcome.address], ["connected", host]);
      await eventually("it was accepted", () => server.connections === 1);
      await eventually("it is closed", () => server.openConnections === 0);
    });

    it(`is refused by ${host}`, async () => {
      const outcome = await sockets.connect(host, await refusedPort(host), 10_000, unaborted());
      assert.deepEqual([codeOf(outcome), outcome.address], ["ECONNREFUSED", host]);
    });
  }

  it("does not reach another family's server", async () => {
    const server = await started(startFaultServer({ host: "::1" }));
    const outcome = await sockets.connect("127.0.0.1", server.port, 10_000, unaborted());
    assert.equal(codeOf(outcome), "ECONNREFUSED");
  });

  it("gives up on a host that drops everything, or sooner when it is cancelled", async () => {
    const hole = await started(blackHolePort());
    assert.equal(codeOf(await sockets.connect("127.0.0.1", hole.port, 100, unaborted())), "TIMEOUT");
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    assert.equal(codeOf(await sockets.connect("127.0.0.1", hole.port, 60_000, abort.signal)), "ABORTED");
  });

  it("does not connect once it is cancelled", async () => {
    const server = await started(startFaultServer());
    const aborted = AbortSignal.abort();
    assert.equal(codeOf(await sockets.connect("127.0.0.1", server.port, 10_000, aborted)), "ABORTED");
    const target = { host: "127.0.0.1", address: "127.0.0.1", port: server.port };
    const handshake = await sockets.handshake(target, 10_000, aborted);
    assert.equal(handshake.kind === "fault" ? handshake.code : handshake.kind, "ABORTED");
  });
});

function codeOf(outcome: ConnectOutcome): string {
  return outcome.kind === "fault" ? outcome.code : outcome.kind;
}
