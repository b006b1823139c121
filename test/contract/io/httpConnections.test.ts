import assert from "node:assert/strict";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  blackHolePort,
  chunkedReply,
  closeAfterRequest,
  endMidBody,
  neverAnswer,
  reply,
  resetMidBody,
  resetMidHeader,
  stallMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

describe("nodeHttp and its connections", () => {
  let server: FaultServer;
  let http: NodeHttp;
  beforeEach(async () => {
    server = await startFaultServer();
    server.serve(reply({ body: "ok" }));
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await server.close();
  });
  const get = (path = "/x") => http.send(getRequest(server.origin + path), unaborted());

  it("uses one connection for many requests", async () => {
    for (let count = 0; count < 8; count++) assert.equal((await get()).kind, "reply");
    assert.equal(server.requests.length, 8);
    assert.equal(server.connections, 1);
    assert.equal(server.requests[0]?.headers["connection"], "keep-alive");
  });

  it("uses one connection for streams that were read to their end", async () => {
    server.serve(chunkedReply(["a", "b"]));
    for (let count = 0; count < 3; count++) {
      const outcome = await http.open(getRequest(server.origin), unaborted());
      assert.ok(outcome.kind === "reply");
      for await (const chunk of outcome.reply.body) assert.ok(chunk.length > 0);
      assert.equal(outcome.reply.body.fault(), undefined);
    }
    assert.equal(server.connections, 1);
  });

  it("times the lookup of a name, the connection and the first byte, one after the other", async () => {
    const url = `${server.origin.replace("127.0.0.1", "localhost")}/x`;
    const named = await http.send(getRequest(url), unaborted());
    assert.ok(named.kind === "reply", JSON.stringify(named));
    const { lookupMs = -1, connectMs = -1, tlsMs, firstByteMs = -1, totalMs = -1 } = named.reply.timings;
    const moments = [0, lookupMs, connectMs, firstByteMs, totalMs];
    assert.deepEqual(
      moments,
      moments.toSorted((a, b) => a - b),
    );
    assert.equal(tlsMs, undefined);
  });

  it("looks up no address", async () => {
    const outcome = await get();
    assert.ok(outcome.kind === "reply");
    const { lookupMs, connectMs } = outcome.reply.timings;
    assert.deepEqual([lookupMs, connectMs === undefined], [undefined, false]);
  });

  it("does not time what a kept connection need not do again", async () => {
    await get();
    const second = await get();
    assert.ok(second.kind === "reply");
    const { lookupMs, connectMs, firstByteMs = 0, totalMs = 0 } = second.reply.timings;
    assert.deepEqual([lookupMs, connectMs], [undefined, undefined]);
    assert.ok(firstByteMs > 0 && totalMs >= firstByteMs);
  });

  it("closes its kept connections when it is disposed of", async () => {
    await get();
    http.dispose();
    await eventually("the kept connection is closed", () => server.openConnections === 0);
  });

  it("tries once more on a fresh connection when the server had closed the kept one", async () => {
    await get();
    server.serve(onceThen(closeAfterRequest, reply({ body: "fresh" })));
    const outcome = await get();
    assert.ok(outcome.kind === "reply", JSON.stringify(outcome));
    assert.equal(outcome.reply.body, "fresh");
    assert.equal(server.connections, 2);
    assert.equal(server.requests.length, 3);
  });

  it("tries no second time when the fresh connection is closed as well", async () => {
    await get();
    server.serve(closeAfterRequest);
    const outcome = await get();
    assert.equal(outcome.kind === "fault" ? outcome.fault.code : outcome.kind, "ECONNRESET");
    assert.equal(server.connections, 2);
    assert.equal(server.requests.length, 3);
  });

  const notRetried: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly warm: boolean;
  }[] = [
    { name: "a first connection that is closed", behaviour: closeAfterRequest, warm: false },
    { name: "a kept connection that is reset in a header", behaviour: resetMidHeader, warm: true },
    {
      name: "a kept connection that is reset in the body",
      behaviour: resetMidBody({ body: "ab" }),
      warm: true,
    },
    { name: "a kept connection that ends in the body", behaviour: endMidBody({ body: "ab" }), warm: true },
    { name: "a server's 500 on a kept connection", behaviour: reply({ status: 500 }), warm: true },
  ];
  for (const { name, behaviour, warm } of notRetried) {
    it(`does not ask again after ${name}`, async () => {
      if (warm) await get();
      const before = server.requests.length;
      server.serve(behaviour);
      await get();
      assert.equal(server.requests.length, before + 1);
    });
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`does not follow a ${status} to another origin and sends nothing there`, async () => {
      const other = await startFaultServer();
      server.serve(reply({ status, headers: { location: `${other.origin}/v1/models` } }));
      const headers = { authorization: "Bearer sk-stays-here" };
      const outcome = await http.send(getRequest(server.origin, { headers }), unaborted());
      assert.equal(outcome.kind === "reply" ? outcome.reply.status : outcome.kind, status);
      assert.equal(other.connections, 0);
      assert.equal(server.requests.length, 1);
      await other.close();
    });
  }

  describe("when it is cancelled", () => {
    it("sends nothing when that was before", async () => {
      const outcome = await http.send(getRequest(server.origin), AbortSignal.abort());
      assert.equal(outcome.kind === "fault" ? outcome.fault.code : outcome.kind, "ABORTED");
      assert.equal(server.requests.length, 0);
    });

    it("stops connecting", async () => {
      const hole = await blackHolePort();
      const abort = new AbortController();
      const sent = http.send(getRequest(`http://127.0.0.1:${hole.port}/`), abort.signal);
      setTimeout(() => abort.abort(), 30);
      const outcome = await sent;
      await hole.close();
      assert.equal(outcome.kind === "fault" ? outcome.fault.code : outcome.kind, "ABORTED");
    });

    it("closes the connection on which it waits for an answer", async () => {
      server.serve(neverAnswer);
      const abort = new AbortController();
      const sent = http.send(getRequest(server.origin), abort.signal);
      await eventually("the request has arrived", () => server.requests.length === 1);
      abort.abort();
      const outcome = await sent;
      assert.equal(outcome.kind === "fault" ? outcome.fault.code : outcome.kind, "ABORTED");
      await eventually("the connection is closed", () => server.openConnections === 0);
    });

    it("closes the connection in the body and keeps what came", async () => {
      server.serve(stallMidStream(["ab"]));
      const abort = new AbortController();
      const opened = await http.open(getRequest(server.origin), abort.signal);
      assert.ok(opened.kind === "reply");
      let text = "";
      for await (const chunk of opened.reply.body) {
        text += Buffer.from(chunk).toString();
        abort.abort();
      }
      assert.equal(text, "ab");
      assert.equal(opened.reply.body.fault()?.code, "ABORTED");
      await eventually("the connection is closed", () => server.openConnections === 0);
    });

    it("changes nothing any more once the reply is whole", async () => {
      const abort = new AbortController();
      const outcome = await http.send(getRequest(server.origin), abort.signal);
      abort.abort();
      assert.equal(outcome.kind, "reply");
      assert.equal((await get()).kind, "reply");
      assert.equal(server.connections, 1);
    });

    it("leaves nothing behind on a signal that lives long", async () => {
      const { signal } = new AbortController();
      let listeners = 0;
      const counting = new Proxy(signal, {
        get(target, name) {
          if (name === "addEventListener" || name === "removeEventListener") {
            listeners += name === "addEventListener" ? 1 : -1;
          }
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === "function" ? (value.bind(target) as unknown) : value;
        },
      });
      await http.send(getRequest(server.origin), counting);
      server.serve(closeAfterRequest);
      await http.send(getRequest(server.origin), counting);
      assert.ok(listeners <= 0, `${listeners} listeners left`);
    });
  });

  it("closes the connection of a body that nobody reads to its end", async () => {
    server.serve(stallMidStream(["ab", "cd"]));
    const opened = await http.open(getRequest(server.origin), unaborted());
    assert.ok(opened.kind === "reply");
    for await (const chunk of opened.reply.body) {
      assert.ok(chunk.length > 0);
      break;
    }
    await eventually("the connection is closed", () => server.openConnections === 0);
  });
});

/** One behaviour for the next request, another for those after it. */
function onceThen(first: Behaviour, later: Behaviour): Behaviour {
  const behaviours = [first];
  return { on: "request", act: (exchange) => (behaviours.shift() ?? later).act(exchange) };
}
