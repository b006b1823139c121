/**
 * The three situations people come with, each failure against a server that behaves as the real one does (facts:
 * servers.md): the right finding on the first test, and an endpoint that works once its first fix is applied.
 */
import assert from "node:assert/strict";

import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Finding, FindingCode, Fix } from "../../../src/core/diagnosis/finding.ts";
import type { Report } from "../../../src/core/diagnosis/report.ts";
import type { Subject } from "../../../src/core/diagnosis/step.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import type { Credentials } from "../../../src/core/ports.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { asked, endpointAt, keyed, keyless, unaborted } from "../support/endpoints.ts";
import { type SituationServer, sglangEmbedding, vllmChat } from "./support/situationServers.ts";

const rightKey = "sk-right-7f3a";
const missing: Credentials = { key: { kind: "missing", where: "secret" }, headers: {} };
const served = "Qwen/Qwen3-Embedding-4B";

describe("a person with", () => {
  let http: NodeHttp;
  const running: SituationServer[] = [];
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  const started = async (starting: Promise<SituationServer>): Promise<SituationServer> => {
    const server = await starting;
    running.push(server);
    return server;
  };

  const climb = async (endpoint: Endpoint, credentials: Credentials): Promise<Report> => {
    const tasks = (["chat", "embedding", "rerank"] as const).filter(
      (task) => endpoint.models[task] !== undefined,
    );
    const subject: Subject = { endpoint, credentials, tasks, depth: "full", ...asked };
    const ports = { http, sockets: nodeSockets(), clock: nodeClock };
    let last: Report | undefined;
    for await (const report of diagnose(steps, subject, ports, unaborted())) last = report;
    assert.ok(last !== undefined);
    return last;
  };

  describe("an SGLang embedding server", () => {
    const embedding = (baseUrl: string, model = served): Endpoint =>
      endpointAt(baseUrl, { models: { embedding: model } });

    it("and an empty key where the server wants one is told, and setting the key mends it", async () => {
      const server = await started(sglangEmbedding({ model: served, key: rightKey }));
      const endpoint = embedding(server.baseUrl);
      for (const [credentials, code] of [
        [missing, "auth.missing"],
        [keyed("   "), "auth.empty"],
      ] as const) {
        const report = await climb(endpoint, credentials);
        const finding = worst(report, code);
        assert.equal(finding.severity, "blocker");
        assert.equal(finding.fixes[0]?.kind, "set-key");
      }
      assertWorks(await climb(endpoint, keyed(rightKey)));
    });

    it("and an empty key where the server wants none is offered to send none", async () => {
      const server = await started(sglangEmbedding({ model: served }));
      const report = await climb(embedding(server.baseUrl), missing);
      const offered = report.findings.flatMap(({ fixes }) => fixes);
      assert.ok(
        offered.some(({ kind }) => kind === "use-no-key"),
        JSON.stringify(report.findings),
      );
      const mended = { ...embedding(server.baseUrl), key: { from: "none" } as const };
      assertWorks(await climb(mended, keyless));
    });

    it("and a lower-case model name is told, though the server accepts any, and the fix mends it", async () => {
      const server = await started(sglangEmbedding({ model: served }));
      const endpoint = embedding(server.baseUrl, served.toLowerCase());
      const finding = worst(await climb(endpoint, keyless), "model.wrong-case");
      const mended = applied(endpoint, finding.fixes[0]);
      assert.equal(mended.models.embedding, served);
      assertWorks(await climb(mended, keyless));
    });
  });

  describe("a vLLM server", () => {
    const path = "/models/Qwen3-8B";

    it("whose model id is a path gets both ways out, and the first works", async () => {
      const server = await started(vllmChat({ model: path }));
      const endpoint = endpointAt(server.baseUrl, { models: { chat: "Qwen3-8B" } });
      const report = await climb(endpoint, keyless);
      assert.equal(report.verdict, "failed");
      const fixes = report.findings.flatMap((finding) => finding.fixes);
      const usePath = fixes.find(({ kind }) => kind === "use-model");
      assert.deepEqual(usePath, { kind: "use-model", task: "chat", model: path });
      assert.ok(
        fixes.some((fix) => fix.kind === "copy-command" && fix.command.includes("--served-model-name")),
        JSON.stringify(fixes),
      );
      assertWorks(await climb(applied(endpoint, usePath), keyless));
    });

    it("that takes longer than the time-out is told which one, and a longer one works", async () => {
      const server = await started(vllmChat({ model: "Qwen3-8B", waitMs: 2500 }));
      const timeouts = { connectMs: 15_000, firstByteMs: 2000, idleMs: 15_000 };
      const endpoint = endpointAt(server.baseUrl, { models: { chat: "Qwen3-8B" }, timeouts });
      const finding = worst(await climb(endpoint, keyless), "http.timeout");
      const longer = finding.fixes.find(({ kind }) => kind === "set-timeout");
      const mended = applied(endpoint, longer);
      assert.ok(mended.timeouts.firstByteMs >= 4000);
      assertWorks(await climb(mended, keyless));
    });
  });
});

function worst(report: Report, code: FindingCode): Finding {
  const [first] = report.findings;
  assert.equal(first?.code, code, JSON.stringify(report.findings));
  return first;
}

/** Notes are allowed: nothing is wrong then. */
function assertWorks(report: Report): void {
  assert.equal(report.verdict, "healthy", JSON.stringify(report.findings));
}

/** What the editor does when the button is pressed, without the settings file. */
function applied(endpoint: Endpoint, fix: Fix | undefined): Endpoint {
  switch (fix?.kind) {
    case "set-base-url":
      return { ...endpoint, baseUrl: fix.baseUrl };
    case "use-model":
      return { ...endpoint, models: { ...endpoint.models, [fix.task]: fix.model } };
    case "set-timeout":
      return { ...endpoint, timeouts: { ...endpoint.timeouts, [fix.timer]: fix.milliseconds } };
    default:
      throw new Error(`no such fix here: ${JSON.stringify(fix)}`);
  }
}
