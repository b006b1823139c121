import assert from "node:assert/strict";
import { once } from "node:events";
import { get, request as sendRequest } from "node:http";
import { connect } from "node:net";
import {
  answerAfter,
  byteByByte,
  chunkedReply,
  closeAfterRequest,
  closeAtOnce,
  endMidBody,
  endMidStream,
  hugeModelsList,
  neverAnswer,
  rawReply,
  reply,
  resetAtOnce,
  resetMidBody,
  resetMidHeader,
  resetMidStream,
  splitEveryByte,
  sse,
  stallMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";

/** What a raw socket got, and how it ended: cleanly (FIN), reset (RST), or not at all. */
interface Seen {
  readonly text: string;
  readonly end: "fin" | "reset" | "open";
}

const requestText = "GET /v1/models?q=1 HTTP/1.1\r\nHost: x\r\nX-Case: Kept\r\n\r\n";

/** Long enough to see that nothing more comes, once what was expected has come. */
const quietMs = 60;

/** Waits for the end; where none is expected, until the text is there and nothing follows it. */
function exchange(
  port: number,
  expected: { readonly text: RegExp; readonly end: Seen["end"] },
): Promise<Seen> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const end = (how: Seen["end"]): void => {
      clearInterval(timer);
      socket.destroy();
      resolve({ text, end: how });
    };
    const timer = setInterval(() => {
      if (expected.end === "open" && expected.text.test(text)) end("open");
    }, quietMs);
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      timer.refresh();
    });
    socket.on("end", () => end("fin"));
    socket.on("error", () => end("reset"));
    socket.write(requestText);
  });
}

const body = '{"object":"list"}';

describe("the fault server", () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer();
  });
  afterEach(() => server.close());

  const cases: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly end: Seen["end"];
    readonly text: RegExp;
  }[] = [
    {
      name: "reply",
      behaviour: reply({ status: 502, headers: { "X-A": "b" }, body }),
      end: "open",
      text: /^HTTP\/1\.1 502 Bad Gateway\r\nx-a: b\r\ncontent-length: 17\r\n\r\n\{"object":"list"\}$/,
    },
    {
      name: "reply with an object",
      behaviour: reply({ body: { a: 1 } }),
      end: "open",
      text: /content-type: application\/json\r\n[^]*\{"a":1\}$/,
    },
    { name: "neverAnswer", behaviour: neverAnswer, end: "open", text: /^$/ },
    { name: "answerAfter, too late", behaviour: answerAfter(2000, { body }), end: "open", text: /^$/ },
    { name: "answerAfter, in time", behaviour: answerAfter(20, { body }), end: "open", text: /list"\}$/ },
    { name: "closeAtOnce", behaviour: closeAtOnce, end: "fin", text: /^$/ },
    { name: "closeAfterRequest", behaviour: closeAfterRequest, end: "fin", text: /^$/ },
    { name: "resetAtOnce", behaviour: resetAtOnce, end: "reset", text: /^$/ },
    {
      name: "resetMidHeader",
      behaviour: resetMidHeader,
      end: "reset",
      text: /content-type: application\/js$/,
    },
    {
      name: "resetMidBody",
      behaviour: resetMidBody({ body }),
      end: "reset",
      text: /content-length: 117\r\n\r\n\{"object":"list"\}$/,
    },
    {
      name: "endMidBody",
      behaviour: endMidBody({ body }, 1),
      end: "fin",
      text: /content-length: 18\r\n\r\n\{"object":"list"\}$/,
    },
    {
      name: "chunkedReply",
      behaviour: chunkedReply(["ab", "", "c"]),
      end: "open",
      text: /\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n$/,
    },
    {
      name: "chunkedReply of every byte",
      behaviour: chunkedReply(splitEveryByte("é")),
      end: "open",
      text: /1\r\n\xc3\r\n1\r\n\xa9\r\n0\r\n\r\n$/,
    },
    { name: "resetMidStream", behaviour: resetMidStream(["ab"]), end: "reset", text: /2\r\nab\r\n$/ },
    { name: "endMidStream", behaviour: endMidStream(["ab"]), end: "fin", text: /2\r\nab\r\n$/ },
    { name: "stallMidStream", behaviour: stallMidStream(["ab"]), end: "open", text: /2\r\nab\r\n$/ },
    {
      name: "byteByByte",
      behaviour: byteByByte({ body: "ok" }),
      end: "open",
      text: /^HTTP\/1\.1 200 OK\r\ncontent-length: 2\r\n\r\nok$/,
    },
    { name: "rawReply", behaviour: rawReply("SSH-2.0-x\r\n"), end: "fin", text: /^SSH-2\.0-x\r\n$/ },
    {
      name: "sse",
      behaviour: sse(["a\nb", { comment: "ping" }, { event: "error", id: "1", retryMs: 5, data: "x" }], {
        split: "once",
      }),
      end: "open",
      text: /data: a\ndata: b\n\n: ping\n\nevent: error\nid: 1\nretry: 5\ndata: x\n\ndata: \[DONE\]\n\n\r\n0\r\n\r\n$/,
    },
    {
      name: "sse with CRLF and no [DONE]",
      behaviour: sse(["a"], { newline: "\r\n", done: "left-out" }),
      end: "open",
      text: /\r\n\r\nb\r\ndata: a\r\n\r\n\r\n0\r\n\r\n$/,
    },
    {
      name: "sse of every byte, cut",
      behaviour: sse([{ raw: new Uint8Array([255, 10]) }], { split: "byte", done: "left-out", end: "cut" }),
      end: "fin",
      text: /1\r\n\xff\r\n1\r\n\n\r\n$/,
    },
  ];
  for (const { name, behaviour, end, text } of cases) {
    it(`does ${name}`, async () => {
      server.serve(behaviour);
      const seen = await exchange(server.port, { text, end });
      assert.match(seen.text, text);
      assert.equal(seen.end, end);
    });
  }

  it("records each request as it arrived, and what is set for a path goes before what is set for all", async () => {
    server.serve(reply({ status: 418 }));
    server.serve(reply({ status: 200 }), "/v1/models");
    const posted = await fetch(`${server.baseUrl}/other`, {
      method: "POST",
      body: "é",
      headers: { "X-A": "b" },
    });
    const seen = await exchange(server.port, { text: /200/, end: "open" });
    assert.equal(posted.status, 418);
    assert.match(seen.text, /^HTTP\/1\.1 200/);
    const [first, second] = server.requests;
    assert.deepEqual([first?.method, first?.path, first?.headers["x-a"]], ["POST", "/v1/other", "b"]);
    assert.equal(first?.body.toString(), "é");
    assert.deepEqual([second?.path, second?.head], ["/v1/models?q=1", requestText.slice(0, -4)]);
    assert.equal(server.connections, 2);
  });

  it("reads a request body that comes in chunks", async () => {
    server.serve(reply({ body: "ok" }));
    const sent = sendRequest(server.baseUrl, { method: "POST" });
    sent.write("some");
    sent.end("thing");
    await once(sent, "response");
    const [received] = server.requests;
    assert.equal(received?.headers["transfer-encoding"], "chunked");
    assert.equal(received.body.toString(), "something");
  });

  it("sends a models list of 50 MB that is valid", async () => {
    const list = hugeModelsList(50_000_000);
    server.serve(list);
    const text = await (await fetch(`${server.baseUrl}/models`)).text();
    assert.ok(text.length >= 50_000_000);
    assert.equal(list.bytesWritten, text.length);
    assert.ok((JSON.parse(text) as { readonly data: readonly unknown[] }).data.length > 40_000);
  }).timeout(20_000);

  it("stops the models list when the client closes", async () => {
    const list = hugeModelsList(50_000_000);
    server.serve(list);
    const sent = get(`${server.baseUrl}/models`, (response) => response.once("data", () => sent.destroy()));
    sent.on("error", () => undefined);
    await once(sent, "close");
    while (server.openConnections > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(list.bytesWritten > 0 && list.bytesWritten < 30_000_000);
  });

  it("serves IPv6", async () => {
    const six = await startFaultServer({ host: "::1" });
    six.serve(reply({ body: "six" }));
    const text = await (await fetch(six.baseUrl)).text();
    await six.close();
    assert.match(six.baseUrl, /^http:\/\/\[::1\]:\d+\/v1$/);
    assert.equal(text, "six");
  });

  it("ends what is waiting when it closes", async () => {
    server.serve(neverAnswer);
    const seen = exchange(server.port, { text: /never/, end: "open" });
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([server.close(), server.close()]);
    assert.notEqual((await seen).end, "open");
  });
});
