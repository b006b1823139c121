import assert from "node:assert/strict";

import { openHostEnd, openPageEnd, type RequestHandlers, type Wire } from "../../../src/shared/link.ts";
import { settled } from "../../support/builders.ts";

interface Contract {
  readonly events: { readonly told: { readonly n: number } };
  readonly requests: {
    readonly double: { params: number; result: number };
    readonly fail: { params: null; result: null };
  };
}

interface Ends {
  readonly host: Wire;
  readonly page: Wire;
  /** Everything that was posted, either way. */
  readonly posted: unknown[];
}

/** Two ends of one wire. Messages are copied and arrive later, as in a webview. */
function wires(): Ends {
  const posted: unknown[] = [];
  const toHost = new Set<(message: unknown) => void>();
  const toPage = new Set<(message: unknown) => void>();
  const wire = (to: Set<(message: unknown) => void>, from: Set<(message: unknown) => void>): Wire => ({
    post(message) {
      posted.push(message);
      for (const receive of to) {
        queueMicrotask(() => receive(structuredClone(message)));
      }
    },
    listen(receive) {
      from.add(receive);
      return () => void from.delete(receive);
    },
  });
  return { host: wire(toPage, toHost), page: wire(toHost, toPage), posted };
}

const handlers: RequestHandlers<Contract> = {
  double: (n) => Promise.resolve(2 * n),
  fail: () => Promise.reject(new Error("no such luck")),
};

const told = { told: () => undefined };

describe("the link between host and page", () => {
  it("answers requests, each with its own reply", async () => {
    const { host, page } = wires();
    openHostEnd<Contract>(host, handlers);
    const end = openPageEnd<Contract>(page, told);
    assert.deepEqual(await Promise.all([end.ask("double", 2), end.ask("double", 5)]), [4, 10]);
  });

  it("carries the message of a handler that rejects to the asker", async () => {
    const { host, page } = wires();
    openHostEnd<Contract>(host, handlers);
    await assert.rejects(openPageEnd<Contract>(page, told).ask("fail", null), /^Error: no such luck$/);
  });

  it("carries what a handler throws at once to the asker, and goes on", async () => {
    const { host, page } = wires();
    const broken: RequestHandlers<Contract> = {
      ...handlers,
      fail: () => {
        throw new Error("at once");
      },
    };
    openHostEnd<Contract>(host, broken);
    const end = openPageEnd<Contract>(page, told);
    await assert.rejects(end.ask("fail", null), /^Error: at once$/);
    assert.equal(await end.ask("double", 1), 2);
  });

  for (const name of ["nope", "constructor", "__proto__", "toString"]) {
    it(`refuses the request "${name}", which nobody handles`, async () => {
      const { host, page } = wires();
      openHostEnd<Contract>(host, handlers);
      const end = openPageEnd<{ events: object; requests: Record<string, { params: null; result: null }> }>(
        page,
        {},
      );
      await assert.rejects(end.ask(name, null), /no such request/);
    });
  }

  it("carries events to the page", async () => {
    const { host, page } = wires();
    const seen: number[] = [];
    openPageEnd<Contract>(page, { told: ({ n }) => void seen.push(n) });
    const end = openHostEnd<Contract>(host, handlers);
    end.emit("told", { n: 1 });
    end.emit("told", { n: 2 });
    await settled();
    assert.deepEqual(seen, [1, 2]);
  });

  it("is silent after closing, also for what was asked before", async () => {
    const { host, page, posted } = wires();
    let finish = (): void => undefined;
    const slow: RequestHandlers<Contract> = {
      ...handlers,
      double: (n) => new Promise((resolve) => void (finish = () => resolve(n))),
    };
    const end = openHostEnd<Contract>(host, slow);
    void openPageEnd<Contract>(page, told).ask("double", 1);
    await settled();
    end.close();
    const before = posted.length;
    finish();
    await settled();
    end.emit("told", { n: 1 });
    page.post({ type: "request", id: 9, name: "double", value: 1 });
    await settled();
    assert.equal(posted.length, before + 1, "only what this test posted");
  });

  it("ignores what is no message of ours, on both ends", async () => {
    const { host, page, posted } = wires();
    openHostEnd<Contract>(host, handlers);
    openPageEnd<Contract>(page, told);
    const foreign = [
      null,
      undefined,
      1,
      "text",
      {},
      { type: 1 },
      { type: "other" },
      { type: "reply", id: 99, value: 1 },
    ];
    for (const message of foreign) {
      host.post(message);
      page.post(message);
    }
    host.post({ type: "event", name: "unknown", value: 1 });
    await settled();
    assert.equal(posted.length, 2 * foreign.length + 1);
  });

  it("lets what is told soon be one message, in order, which a reply does not overtake", async () => {
    const { host, page, posted } = wires();
    const asked: (() => void)[] = [];
    const seen: unknown[] = [];
    const end = openHostEnd<Contract>(host, handlers, (post) => void asked.push(post));
    const asker = openPageEnd<Contract>(page, { told: ({ n }) => void seen.push(n) });
    end.emit("told", { n: 1 });
    end.emit("told", { n: 2 });
    assert.deepEqual(posted, []);
    asked[0]?.();
    asked[1]?.();
    await settled();
    assert.deepEqual([posted.length, seen], [1, [1, 2]]);
    end.emit("told", { n: 3 });
    seen.push(await asker.ask("double", 2));
    assert.deepEqual(seen, [1, 2, 3, 4]);
    assert.equal(posted.length, 3, "the request, and one message for the event with the reply");
    end.emit("told", { n: 5 });
    end.close();
    asked.forEach((post) => post());
    assert.equal(posted.length, 3);
  });
});
