import assert from "node:assert/strict";
import { discoverLocal } from "../../../src/core/endpoint/discover.ts";
import { startDemoServer, type DemoServer } from "../../../src/demo/demoServer.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  blackHolePort,
  closeAtOnce,
  neverAnswer,
  rawReply,
  refusedPort,
  reply,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { unaborted } from "../support/endpoints.ts";

describe("discovery of servers on this machine", () => {
  const servers: (FaultServer | DemoServer)[] = [];
  let http: NodeHttp;
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const start = async (
    behaviour: Behaviour,
    host: "127.0.0.1" | "::1" = "127.0.0.1",
    path?: string,
  ): Promise<number> => {
    const server = await startFaultServer({ host });
    servers.push(server);
    server.serve(behaviour, path);
    return server.port;
  };
  const models = reply({ body: { data: [{ id: "qwen3", owned_by: "vllm" }] } });

  it("offers a server on IPv4, with its models and its name", async () => {
    const demo = await startDemoServer();
    servers.push(demo);
    const found = await discoverLocal(http, unaborted(), [demo.port]);
    assert.deepEqual(found, [
      {
        baseUrl: demo.baseUrl,
        port: demo.port,
        server: "Qwen Endpoints demo",
        modelIds: ["demo-chat", "demo-embedding", "demo-reranker"],
        needsKey: false,
      },
    ]);
  });

  it("offers a server on IPv6 alone", async () => {
    const port = await start(models, "::1");
    const found = await discoverLocal(http, unaborted(), [port]);
    assert.deepEqual(
      found.map(({ baseUrl, server }) => [baseUrl, server]),
      [[`http://[::1]:${port}/v1`, "vLLM"]],
    );
  });

  it("offers a server that wants a key, as one that does", async () => {
    const demo = await startDemoServer({ key: "sk-demo" });
    servers.push(demo);
    const [found] = await discoverLocal(http, unaborted(), [demo.port]);
    assert.deepEqual([found?.needsKey, found?.modelIds], [true, []]);
  });

  it("offers TEI, which lists no models", async () => {
    const port = await start(
      reply({ body: { model_id: "Qwen/Qwen3-Embedding-0.6B" } }),
      "127.0.0.1",
      "/info",
    );
    const found = await discoverLocal(http, unaborted(), [port]);
    assert.deepEqual(
      found.map(({ port: each }) => each),
      [port],
    );
  });

  const others: readonly { readonly name: string; readonly behaviour: Behaviour }[] = [
    {
      name: "a web page for everything",
      behaviour: reply({ headers: { "content-type": "text/html" }, body: "<p>x" }),
    },
    { name: "JSON for everything", behaviour: reply({ body: { hello: "world" } }) },
    { name: "404 for everything", behaviour: reply({ status: 404, body: { detail: "Not Found" } }) },
    {
      name: "401 with a page",
      behaviour: reply({ status: 401, headers: { "content-type": "text/html" }, body: "<p>" }),
    },
    { name: "500 for everything", behaviour: reply({ status: 500 }) },
    { name: "no HTTP", behaviour: rawReply("220 mail.invalid ESMTP\r\n") },
    { name: "nothing, and hangs up", behaviour: closeAtOnce },
    {
      name: "a redirect",
      behaviour: reply({ status: 302, headers: { location: "http://elsewhere.invalid/" } }),
    },
  ];
  for (const { name, behaviour } of others) {
    it(`does not offer a server that answers ${name}`, async () => {
      assert.deepEqual(await discoverLocal(http, unaborted(), [await start(behaviour)]), []);
    });
  }

  it("asks all at once: silent, dropping and refusing ports hold up nothing", async () => {
    const hole = await blackHolePort();
    const silent = await Promise.all([start(neverAnswer), start(neverAnswer, "::1")]);
    const good = await start(models);
    const found = await discoverLocal(http, unaborted(), [hole.port, ...silent, await refusedPort(), good]);
    await hole.close();
    assert.deepEqual(
      found.map(({ port }) => port),
      [good],
    );
  });

  it("sends no key and nothing but small GETs", async () => {
    await start(reply({ status: 404 }));
    const server = servers[0] as FaultServer;
    await discoverLocal(http, unaborted(), [server.port]);
    assert.deepEqual(
      server.requests.map(({ method, path, headers }) => [method, path, headers["authorization"]]),
      [
        ["GET", "/v1/models", undefined],
        ["GET", "/info", undefined],
      ],
    );
  });

  it("ends at once when it is cancelled", async () => {
    const abort = new AbortController();
    const searching = discoverLocal(http, abort.signal, [await start(neverAnswer)]);
    abort.abort();
    assert.deepEqual(await searching, []);
  });
});
