import assert from "node:assert/strict";
import * as dns from "node:dns";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as vscode from "vscode";

import { editorProxyFor } from "../../src/core/endpoint/route.ts";
import type { HttpRequest } from "../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../src/io/nodeHttp.ts";
import { proxyFor } from "../../src/ui/proxy.ts";
import { type LoopbackProxy, startProxy } from "../support/loopbackProxy.ts";

/** How requests left: the names are the ways that a program in the extension host can ask for. */
const ways: Readonly<Record<string, (url: string) => http.ClientRequest>> = {
  "no agent": (url) => http.request(url),
  "agent: false": (url) => http.request(url, { agent: false }),
  "own agent": (url) => http.request(url, { agent: new http.Agent() }),
  "own createConnection": (url) =>
    http.request(url, {
      createConnection: () => {
        throw new Error("not asked");
      },
    }),
  "new ClientRequest": (url) => new http.ClientRequest(url),
};

const timeouts = { connectMs: 8000, firstByteMs: 8000, idleMs: 8000 };
const getRequest = (url: string, fields: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  url,
  headers: {},
  timeouts,
  maxBytes: 1000,
  ...fields,
});

/** Measured with VS Code 1.139: docs/architecture.md, "How VS Code's network settings apply". */
describe("VS Code's proxy settings", () => {
  let proxy: LoopbackProxy;
  let server: http.Server;
  let port: number;
  let ours: NodeHttp;
  let connections: number;
  const { lookup } = dns.promises;

  before(async () => {
    proxy = await startProxy();
    server = http.createServer((_request, response) => response.end("ok"));
    server.on("connection", () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, "::", resolve));
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(async () => {
    connections = 0;
    ours = nodeHttp();
    await set({ proxy: proxy.origin });
  });
  afterEach(async () => {
    ours.dispose();
    Object.assign(dns.promises, { lookup });
    await set({ proxy: undefined, proxySupport: undefined, noProxy: undefined });
  });
  after(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  const wentBy = async (start: () => http.ClientRequest): Promise<string> => {
    const before = proxy.asked.length;
    const end = await new Promise<string>((resolve) => {
      const sent = start();
      sent.on("response", (response) => {
        response.resume();
        resolve("answered");
      });
      sent.on("error", ({ message }) => resolve(message));
      sent.end();
    });
    return proxy.asked.length > before ? "proxy" : end === "answered" ? "direct" : "direct, in vain";
  };

  const support: readonly (readonly [value: string, by: Readonly<Record<string, string>>])[] = [
    [
      "override",
      {
        "no agent": "proxy",
        "agent: false": "proxy",
        "own agent": "proxy",
        "own createConnection": "proxy",
        "new ClientRequest": "direct, in vain",
      },
    ],
    [
      "fallback",
      {
        "no agent": "proxy",
        "agent: false": "proxy",
        "own agent": "proxy",
        "own createConnection": "proxy",
        "new ClientRequest": "direct, in vain",
      },
    ],
    [
      "on",
      {
        "no agent": "proxy",
        "agent: false": "direct, in vain",
        "own agent": "direct, in vain",
        "own createConnection": "proxy",
        "new ClientRequest": "direct, in vain",
      },
    ],
    [
      "off",
      {
        "no agent": "direct, in vain",
        "agent: false": "direct, in vain",
        "own agent": "direct, in vain",
        "own createConnection": "direct, in vain",
        "new ClientRequest": "direct, in vain",
      },
    ],
  ];
  for (const [value, expected] of support) {
    it(`http.proxySupport "${value}" decides by the agent`, async () => {
      await set({ proxySupport: value });
      const seen: Record<string, string> = {};
      for (const [name, start] of Object.entries(ways)) {
        seen[name] = await wentBy(() => start(`http://gpu.invalid:${port}/`)).catch(() => "direct, in vain");
      }
      assert.deepEqual(seen, expected);
    });

    it(`http.proxySupport "${value}" counts for our requests as for one without an agent`, async () => {
      await set({ proxySupport: value });
      for (const method of ["GET", "POST"] as const) {
        const before = proxy.asked.length;
        await ours.send(getRequest(`http://gpu.invalid:${port}/`, { method }), never());
        const by = proxy.asked.length > before ? "proxy" : "direct, in vain";
        assert.equal(by, expected["no agent"]);
      }
      assertTold(`http://gpu.invalid:${port}/v1`, expected["no agent"] === "proxy");
    });
  }

  const hosts: readonly (readonly [host: string, byEditor: string])[] = [
    ["127.0.0.1", "direct"],
    ["localhost", "direct"],
    ["[::1]", "direct"],
    // To VS Code these are other machines; to the system they are this one, so we never ask the proxy.
    ["127.0.0.2", "proxy"],
    ["model.localhost", "proxy"],
  ];
  for (const [host, byEditor] of hosts) {
    it(`${host} goes ${byEditor} by VS Code, and directly with us`, async () => {
      const url = `http://${host}:${port}/`;
      assert.equal(await wentBy(() => http.request(url)), byEditor);
      const before = proxy.asked.length;
      await ours.send(getRequest(url), never());
      assert.equal(proxy.asked.length, before);
      assertTold(`${url}v1`, false);
    });
  }

  const exclusions: readonly (readonly [entry: string, host: string, by: "proxy" | "direct"])[] = [
    ["*", "gpu.invalid", "direct"],
    ["gpu.invalid", "gpu.invalid", "direct"],
    ["invalid", "gpu.invalid", "direct"],
    [".invalid", "gpu.invalid", "direct"],
    ["GPU.invalid", "gpu.invalid", "direct"],
    ["pu.invalid", "gpu.invalid", "proxy"],
    ["*.invalid", "gpu.invalid", "proxy"],
    ["gpu.invalid:1", "gpu.invalid", "proxy"],
    ["gpu.invalid:PORT", "gpu.invalid", "direct"],
    ["127.0.0.2", "127.0.0.2", "direct"],
    ["127.0.0.0/8", "127.0.0.2", "proxy"],
    ["fd00::1", "[fd00::1]", "proxy"],
    ["[fd00::1]", "[fd00::1]", "proxy"],
  ];
  for (const [entry, host, by] of exclusions) {
    it(`http.noProxy with ${entry} makes ${host} go ${by}, and we say so`, async () => {
      const noProxy = [entry.replace("PORT", String(port))];
      await set({ noProxy });
      const url = `http://${host}:${port}/`;
      assert.equal((await wentBy(() => http.request(url))).replace(/, in vain$/, ""), by);
      const told = editorProxyFor(url, { proxy: proxy.origin, support: "override", noProxy, env: {} });
      assert.equal(told?.use, by === "proxy" ? "used" : "not used");
    });
  }

  it("are gone around by an endpoint whose proxy is `direct`", async () => {
    Object.assign(dns.promises, { lookup: toThisMachine });
    const url = `http://gpu.invalid:${port}/`;
    for (const method of ["GET", "POST"] as const) {
      const outcome = await ours.send(getRequest(url, { method, proxy: "direct" }), never());
      assert.equal(outcome.kind, "reply", JSON.stringify(outcome));
    }
    assert.ok(proxy.asked.every((each) => !each.includes("unasked")));
    assert.deepEqual(proxyFor({ baseUrl: url, proxy: "direct" }, {}), {
      otherProxy: new URL(proxy.origin).host,
    });
  });

  it("give way to an endpoint's own proxy, for loopback too", async () => {
    const own = await startProxy();
    const before = proxy.asked.length;
    for (const host of ["gpu.invalid", "127.0.0.1"]) {
      const outcome = await ours.send(getRequest(`http://${host}:${port}/`, { proxy: own.origin }), never());
      assert.equal(outcome.kind, "reply", JSON.stringify(outcome));
    }
    assert.deepEqual([own.asked.length, proxy.asked.length], [2, before]);
    await own.close();
  });

  it("do not let a silent proxy hold a request longer than its time to connect", async () => {
    proxy.behave("silent");
    const short = { ...timeouts, connectMs: 300 };
    const outcome = await ours.send(getRequest("https://gpu.invalid/", { timeouts: short }), never());
    proxy.behave("through");
    assert.equal(outcome.kind === "fault" ? outcome.fault.timer : outcome.kind, "connect");
  });

  it("leave our requests without a proxy on kept connections, and a POST on one of its own", async () => {
    await set({ noProxy: ["*"] });
    Object.assign(dns.promises, { lookup: toThisMachine });
    const url = `http://lan.invalid:${port}/`;
    const opened: number[] = [];
    for (const method of ["GET", "GET", "GET", "POST", "POST", "GET"] as const) {
      const outcome = await ours.send(getRequest(url, { method }), never());
      assert.equal(outcome.kind, "reply", JSON.stringify(outcome));
      opened.push(connections);
    }
    assert.deepEqual(opened, [1, 1, 1, 2, 3, 4]);
  });

  function assertTold(baseUrl: string, isUsed: boolean): void {
    const address = new URL(proxy.origin).host;
    assert.deepEqual(proxyFor({ baseUrl }, {}), isUsed ? { proxy: address } : { otherProxy: address });
  }
});

function toThisMachine(): Promise<readonly dns.LookupAddress[]> {
  return Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function set(values: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await vscode.workspace.getConfiguration("http").update(name, value, vscode.ConfigurationTarget.Global);
  }
}
