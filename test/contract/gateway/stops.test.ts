import assert from "node:assert/strict";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import {
  blackHolePort,
  neverAnswer,
  sse,
  stallMidStream,
  type Behaviour,
} from "../../support/faultServer.ts";
import { chatBench, protocols } from "../support/chats.ts";
import { endpointAt, patient } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const half = JSON.stringify({ choices: [{ index: 0, delta: { content: "half" }, finish_reason: null }] });
const native = JSON.stringify({
  output: { choices: [{ message: { content: "half" }, finish_reason: "null" }] },
});
const keepsOn = { done: "left-out", end: "stall" } as const;

/** A reply that begins and does not end. */
const begun: Readonly<Record<keyof typeof protocols, Behaviour>> = {
  openai: sse([half], keepsOn),
  generate: stallMidStream(['{"generated_text":"ha'], { headers: { "content-type": "application/json" } }),
  native: sse([native, native], keepsOn),
};

describe("Stop on the wire", () => {
  const bench = chatBench();

  /** Aborts once `when` holds and gives what the run became. */
  const stopped = async (
    endpoint: ReturnType<typeof endpointAt>,
    when: (events: readonly StreamEvent[]) => boolean,
  ): Promise<readonly StreamEvent[]> => {
    const abort = new AbortController();
    const events: StreamEvent[] = [];
    const reading = (async () => {
      for await (const event of bench().events(endpoint, { signal: abort.signal })) events.push(event);
    })();
    await eventually("the moment to stop", () => when(events));
    abort.abort();
    await reading;
    assert.deepEqual(events.at(-1), { kind: "ended", outcome: { kind: "stopped" } });
    assert.equal(events.filter(({ kind }) => kind === "ended").length, 1);
    return events;
  };

  for (const [name, endpointOf] of Object.entries(protocols) as [
    keyof typeof protocols,
    (typeof protocols)["openai"],
  ][]) {
    it(`closes the connection of a ${name} reply that has begun, and keeps what came`, async () => {
      const { server } = bench();
      server.serve(begun[name]);
      const events = await stopped(endpointOf(server.baseUrl), (all) =>
        all.some(({ kind }) => kind === (name === "generate" ? "opened" : "answer")),
      );
      await eventually("the server sees it closed", () => server.openConnections === 0);
      const answer = events.map((event) => (event.kind === "answer" ? event.text : "")).join("");
      assert.match(answer, name === "generate" ? /^$/ : /^half/);
    });

    it(`closes the connection of a ${name} request while it waits for the headers`, async () => {
      const { server } = bench();
      server.serve(neverAnswer);
      await stopped(endpointOf(server.baseUrl), () => server.requests.length === 1);
      await eventually("the server sees it closed", () => server.openConnections === 0);
    });

    it(`stops a ${name} request that does not get through to the server`, async () => {
      const hole = await blackHolePort();
      try {
        // No timer fires within the test: it is the stop alone that ends it.
        const endpoint = endpointOf(`http://127.0.0.1:${hole.port}/v1`);
        let turns = 0;
        await stopped({ ...endpoint, timeouts: patient }, () => ++turns > 20);
      } finally {
        await hole.close();
      }
    });
  }

  it("closes the connection in the middle of a handshake", async () => {
    const { server } = bench();
    server.serve({ on: "connect", act: () => undefined });
    const endpoint = endpointAt(server.baseUrl.replace("http:", "https:"));
    await stopped(endpoint, () => server.openConnections === 1);
    await eventually("the server sees it closed", () => server.openConnections === 0);
  });

  it("closes the connection of an error whose body does not end", async () => {
    const { server } = bench();
    server.serve(stallMidStream(['{"error":'], { status: 500 }));
    await stopped(endpointAt(server.baseUrl), (all) => all.some(({ kind }) => kind === "opened"));
    await eventually("the server sees it closed", () => server.openConnections === 0);
  });

  it("closes the connection of the refusal that is looked into before asking once more", async () => {
    const { server } = bench();
    server.serve(stallMidStream(['{"error":'], { status: 400 }));
    await stopped(endpointAt(server.baseUrl), () => server.requests.length === 1);
    await eventually("the server sees it closed", () => server.openConnections === 0);
    assert.equal(server.requests.length, 1);
  });
});
