/** The ways out: a request is put on its way here, by the route that is meant for it. */

import * as http from "node:http";
import * as https from "node:https";
import { urlToHttpOptions } from "node:url";

import { routeOf } from "../core/endpoint/route.ts";
import type { HttpRequest } from "../core/ports.ts";
import { createLookupCache } from "./lookupCache.ts";
import { tlsFiles, type WireTls } from "./tlsFiles.ts";

/** Node aborts every address attempt but the last after this; its default of 250 ms is too short for real networks. */
const attemptMs = 2500;

/** May a connection be used that earlier requests have used? */
export type Connection = "kept" | "fresh";

/** A request that is not sent before its `end` is called. */
export interface Started {
  readonly sent: http.ClientRequest;
  /** Ends what an agent is still at work on, when the request is given up. */
  readonly release: () => void;
}

/** Nothing may be awaited between the call and the first listeners. */
export type Start = () => Started;

export interface Wires {
  /** Reads what has to be read. Rejects with what Node or a file refuses. */
  prepare(request: HttpRequest, connection: Connection): Promise<Start>;
  close(): void;
}

export function openWires(trustsSystem: () => boolean): Wires {
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  const names = createLookupCache();
  const files = tlsFiles(trustsSystem);
  const wire = { lookup: names.lookup, autoSelectFamilyAttemptTimeout: attemptMs };

  return {
    prepare: async (request, connection) => {
      const scheme = request.url.startsWith("https:") ? "https" : "http";
      const route = routeOf(request.url, request.proxy);
      const trust = route.kind === "editor" ? "editor" : "ours";
      const tls = scheme === "https" ? await files.options(request.tls, trust) : {};
      switch (route.kind) {
        case "editor":
          return () =>
            kept(throughEditor(request, scheme, { ...optionsOf(request, connection, tls), ...wire }));
        case "direct":
          return () => {
            const agent = connection === "kept" ? agents[scheme] : new { http, https }[scheme].Agent();
            return kept(direct(request.url, { ...optionsOf(request, connection, tls), ...wire, agent }));
          };
        case "proxy": {
          const { proxyAgent } = await import("./proxyAgent.ts");
          return () => {
            const done = new AbortController();
            const agent = proxyAgent(route.proxy, scheme, done.signal);
            const sent = direct(request.url, { ...optionsOf(request, "fresh", tls), agent });
            return { sent, release: () => done.abort() };
          };
        }
      }
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** Its connection belongs to an agent. */
function kept(sent: http.ClientRequest): Started {
  return { sent, release: () => undefined };
}

/** VS Code has replaced both functions by its own, which use its proxy and add its authorities. It keeps no agent of ours. */
function throughEditor(
  { url }: HttpRequest,
  scheme: "http" | "https",
  options: https.RequestOptions,
): http.ClientRequest {
  return scheme === "https" ? https.request(url, options) : http.request(url, options);
}

/** VS Code replaces the agent of what `http.request` makes; the class it leaves alone (test/host/proxies.test.ts). */
function direct(url: string, options: https.RequestOptions): http.ClientRequest {
  return new http.ClientRequest({ ...urlToHttpOptions(new URL(url)), ...options });
}

function optionsOf(
  { method, headers, body }: HttpRequest,
  connection: Connection,
  tls: Partial<WireTls>,
): https.RequestOptions {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  // The explicit header is what keeps connections alive through the extension host's own agent.
  const own = { "accept-encoding": "identity", connection: connection === "kept" ? "keep-alive" : "close" };
  return { method, headers: { ...headers, ...own, ...length }, ...tls };
}
