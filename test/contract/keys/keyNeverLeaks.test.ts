import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder } from "../../../dev/temporary.ts";
import { auditedHttp } from "../../../src/core/audit/auditedHttp.ts";
import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import { openAuditLog } from "../../../src/io/audit/auditLog.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { notedEntries } from "../../support/auditEntries.ts";
import {
  rawReply,
  reply,
  sse,
  startFaultServer,
  type Behaviour,
  type FaultServer,
  type ReceivedRequest,
} from "../../support/faultServer.ts";
import { endpointAt, keyed } from "../support/endpoints.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { huntSecret } from "../support/secretHunt.ts";
import { tryEveryWay } from "./everyWay.ts";

/** Every character of it may stand in a header, and most are written differently in a URL, in JSON or in base64. */
const key = 'sk-Zq9/"x+y\\&=<8>kEy?7Hb2~wv';

/** How a server may write the header that it got into its reply. */
const forms: Readonly<Record<string, (authorization: string) => string>> = {
  "as it came": (authorization) => authorization,
  "URL-encoded": encodeURIComponent,
  "JSON-escaped": (authorization) => JSON.stringify(authorization),
  "in base64": (authorization) => Buffer.from(authorization).toString("base64"),
  "in base64, the key by itself": (authorization) =>
    Buffer.from(authorization.replace("Bearer ", "")).toString("base64"),
  "in base64url": (authorization) => Buffer.from(authorization).toString("base64url"),
};

type Echo = (text: string, request: ReceivedRequest) => Behaviour;

const chunk = (delta: object, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] });
const stop = chunk({}, "stop");

/** Where in its reply a server may put it. */
const places: Readonly<Record<string, Echo>> = {
  "a 401's message": (text) =>
    reply({ status: 401, body: { error: { message: `refused: ${text}`, code: text } } }),
  "a plain-text 401": (text) => reply({ status: 401, body: text }),
  "a 500's message": (text) => reply({ status: 500, body: { detail: text } }),
  "an error in a 200": (text) => reply({ body: { error: text } }),
  "an HTML page": (text) => reply({ headers: { "content-type": "text/html" }, body: `<p>${text}</p>` }),
  "a 400's list of problems": (text) =>
    reply({ status: 400, body: { detail: [{ loc: ["header", text], msg: text, type: "x" }] } }),
  "the headers": (text) =>
    reply({ status: 403, headers: { "content-type": `text/plain; x=${text}`, server: text, "x-id": text } }),
  "a redirect's address": (text) => reply({ status: 302, headers: { location: `/login?key=${text}` } }),
  "the status text": (text) => rawReply(`HTTP/1.1 401 ${text}\r\ncontent-length: 0\r\n\r\n`),
  "bytes that are no HTTP": (text) => rawReply(`${text}\r\n\r\n`),
  "the models' ids": (text, { path }) =>
    path.endsWith("/models")
      ? reply({ body: { data: [{ id: text, owned_by: text, root: text }, { id: "other" }] } })
      : reply({ status: 404, body: { error: { message: `The model ${text} does not exist.` } } }),
  "the answer": (text) => sse([chunk({ content: text }), stop]),
  "the reasoning": (text) => sse([chunk({ reasoning_content: text }), chunk({ content: "ok" }), stop]),
  "the answer, a character a chunk": (text) =>
    sse([...Array.from(text, (each) => chunk({ content: each })), stop]),
  "the reasoning, a character a chunk": (text) =>
    sse([...Array.from(text, (each) => chunk({ reasoning: each })), stop]),
  "the answer, a byte a chunk": (text) => sse([chunk({ content: text }), stop], { split: "byte" }),
  "an answer that breaks off inside it": (text) =>
    sse(
      Array.from(text.slice(0, -4), (each) => chunk({ content: each })),
      { done: "left-out", end: "reset" },
    ),
  "a tool call": (text) =>
    sse([
      chunk({ tool_calls: [{ index: 0, function: { name: text, arguments: "" } }] }),
      ...Array.from(text, (each) => chunk({ tool_calls: [{ index: 0, function: { arguments: each } }] })),
      stop,
    ]),
  "an error event": (text) => sse([JSON.stringify({ error: { message: text } })]),
  "an event that is no JSON": (text) => sse([`{"choices": ${text}`, stop]),
  "a plain JSON answer": (text) =>
    reply({ body: { choices: [{ message: { content: text }, finish_reason: "stop" }] } }),
  "JSON that is no answer": (text) => reply({ body: { object: text, list: [text] } }),
};

/** Evidence is cut to a length; the cut may fall anywhere inside the key. */
const cutAfter = [200, 300, 600];

describe("the key never leaks", () => {
  let server: FaultServer;
  let http: NodeHttp;
  beforeEach(async () => {
    server = await startFaultServer();
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  const search = async (): Promise<void> => {
    const log = loggedHttp(http, endpointAt(server.baseUrl));
    const ways = await tryEveryWay(endpointAt(server.baseUrl), key, log.http);
    const shown = { ...ways, "audit log": await log.files() };
    const sent = server.requests.filter(({ headers }) => headers["authorization"] === `Bearer ${key}`);
    assert.ok(sent.length > 0, "the server got the key, so that it could echo it");
    for (const [way, what] of Object.entries(shown)) {
      assert.ok(what.length > 0, way);
      assert.deepEqual(huntSecret(key, what).slice(0, 1), [], way);
    }
  };

  for (const [place, echo] of Object.entries(places)) {
    for (const [form, write] of Object.entries(forms)) {
      it(`from ${place}, ${form}`, async () => {
        server.serve(echoing(echo, write));
        await search();
      });
    }
  }

  // RunSession.end sends the page its event as it came: report of the contract tests.
  it("from the finish reason", async () => {
    server.serve(
      echoing(
        (text) => sse([chunk({ content: "ok" }), chunk({}, text)]),
        (text) => text,
      ),
    );
    await search();
  });

  it("to another origin, by a redirect", async () => {
    const other = await startFaultServer();
    server.serve(reply({ status: 307, headers: { location: `${other.origin}/v1/chat/completions` } }));
    await search();
    assert.equal(other.connections, 0);
    await other.close();
  });

  for (const length of cutAfter) {
    for (const status of [200, 400, 500]) {
      it(`from a ${status} whose body is cut to ${length} characters inside it`, async () => {
        // The evidence's own words before it are of some length, so several places are tried.
        for (const before of [length - 28, length - 20, length - 12]) {
          server.serve(
            echoing(
              (text) => reply({ status, body: "x".repeat(before) + text + "y".repeat(2000) }),
              (text) => text.replace("Bearer ", ""),
            ),
          );
          await search();
        }
      });
    }
  }
});

/** The same transport, with prompts and replies kept in an audit log. `files` gives what was written, and removes it. */
function loggedHttp(
  http: NodeHttp,
  endpoint: Endpoint,
): { readonly http: NodeHttp; readonly files: () => Promise<readonly string[]> } {
  const folder = temporaryFolder("keys");
  const redactor = createRedactor();
  redactor.know(key);
  const log = openAuditLog(join(folder.path, "audit"), {
    redactor,
    limits: () => ({ maxBytes: 1e9, keepMs: 1e9 }),
    tell: ({ kind }) => assert.fail(kind),
    window: "this",
  });
  const { ports } = notedEntries(nodeClock, { write: (entry) => log.write(entry), keepsContent: () => true });
  const sender = { askedBy: "command", endpoint, key: keyed(key).key } as const;
  return {
    http: { ...auditedHttp(http, sender, ports), dispose: () => undefined },
    files: async () => {
      await log.flush();
      log.dispose();
      assert.equal(ports.underWay.size, 0, "every request is noted");
      const names = readdirSync(folder.path, { recursive: true, withFileTypes: true });
      const texts = names
        .filter((each) => each.isFile())
        .map((each) => `${each.name}\n${readFileSync(join(each.parentPath, each.name), "utf8")}`);
      folder.remove();
      return texts;
    },
  };
}

function echoing(echo: Echo, write: (authorization: string) => string): Behaviour {
  return {
    on: "request",
    act: async (exchange) => {
      const { request } = exchange;
      if (request === undefined) return;
      await echo(write(request.headers["authorization"] ?? ""), request).act(exchange);
    },
  };
}
