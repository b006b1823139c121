import assert from "node:assert/strict";
import { checkHealth } from "../../../src/core/endpoint/checkHealth.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../../src/core/endpoint/endpointStore.ts";
import { HealthMonitor } from "../../../src/core/endpoint/healthMonitor.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  neverAnswer,
  refusedPort,
  reply,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { endpointAt, keyless, patient, vaultOf } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const firstByteMs = 1000;

describe("a sweep of 200 endpoints, of which 60 refuse and 60 never answer", () => {
  const servers: FaultServer[] = [];
  let http: NodeHttp;
  let monitor: HealthMonitor | undefined;
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    monitor?.dispose();
    http.dispose();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const start = async (behaviour: Behaviour): Promise<string> => {
    const server = await startFaultServer();
    servers.push(server);
    server.serve(behaviour);
    return server.baseUrl;
  };
  const sweep = (endpoints: readonly Endpoint[]): EndpointStore => {
    const store = new EndpointStore();
    store.replace(endpoints.map((endpoint) => ({ kind: "valid", endpoint })));
    const ports = { httpFor: () => http, vault: vaultOf(keyless), clock: nodeClock };
    monitor = new HealthMonitor({
      store,
      clock: nodeClock,
      random: Math.random,
      check: (endpoint, before, signal) => checkHealth(endpoint, before, ports, signal),
    });
    monitor.setActive(true);
    return store;
  };
  const states = (store: EndpointStore): Readonly<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { id } of store.endpoints()) {
      const { state, activity } = store.health(id);
      const name = activity === "checking" ? "checking" : state;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };

  it("ends though many never answer, and never has five requests at one origin", async () => {
    const busy = counting(reply({ body: { data: [{ id: "m" }] } }), 10);
    const shared = [await start(busy.behaviour), await start(busy.behaviour)];
    const silent = await Promise.all(Array.from({ length: 60 }, () => start(neverAnswer)));
    const refusing = await Promise.all(
      Array.from({ length: 60 }, async () => `http://127.0.0.1:${await refusedPort()}/v1`),
    );
    const answering = Array.from({ length: 80 }, (_, index) => shared[index % shared.length]!);
    const endpoints = [...silent, ...refusing, ...answering].map((baseUrl, index) =>
      endpointAt(baseUrl, { id: `e${index}`, timeouts: { ...patient, firstByteMs } }),
    );
    const store = sweep(endpoints);
    await eventually(
      "what answers is up, though the silent ones still hang",
      () => states(store)["up"] === 80,
    );
    await eventually("all are checked", () => states(store)["down"] === 120);
    assert.deepEqual(states(store), { up: 80, down: 120 });
    assert.ok(busy.most() <= 4, `${busy.most()} requests at once`);
    for (const server of servers) assert.ok(server.connections <= 4, `${server.connections} connections`);
  });

  it("has only four waiting at an origin that never answers, and lets go of them when it is disposed of", async () => {
    const baseUrl = await start(neverAnswer);
    sweep(Array.from({ length: 20 }, (_, index) => endpointAt(baseUrl, { id: `e${index}` })));
    const server = servers[0]!;
    await eventually("four wait", () => server.openConnections === 4);
    assert.equal(server.connections, 4);
    monitor?.dispose();
    await eventually("none waits", () => server.openConnections === 0);
    assert.equal(server.connections, 4);
  });
});

/** A behaviour that takes its time, and how many requests it was answering at once, at most, over all servers that share an origin each. */
function counting(
  behaviour: Behaviour,
  pauseMs: number,
): { readonly behaviour: Behaviour; readonly most: () => number } {
  const now = new Map<number, number>();
  let most = 0;
  return {
    most: () => most,
    behaviour: {
      on: "request",
      act: async (exchange) => {
        const origin = exchange.socket.localPort ?? 0;
        const count = (now.get(origin) ?? 0) + 1;
        now.set(origin, count);
        most = Math.max(most, count);
        await exchange.pause(pauseMs);
        now.set(origin, (now.get(origin) ?? 1) - 1);
        await behaviour.act(exchange);
      },
    },
  };
}
