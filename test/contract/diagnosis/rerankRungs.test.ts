import assert from "node:assert/strict";

import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report, Rung } from "../../../src/core/diagnosis/report.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  notFound,
  ok,
  resultsReply,
  type Routes,
  scoresFor,
  startVectorServer,
  type VectorServer,
} from "../../support/vectorServer.ts";
import { asked, endpointAt, keyless, unaborted } from "../support/endpoints.ts";

describe("rerank over real sockets", () => {
  let http: NodeHttp;
  let server: VectorServer | undefined;
  beforeEach(() => {
    http = nodeHttp();
    server = undefined;
  });
  afterEach(async () => {
    http.dispose();
    await server?.close();
  });

  const climb = async (baseUrl: string, model: string, depth: "basic" | "full"): Promise<Report> => {
    const endpoint = endpointAt(baseUrl, { models: { rerank: model } });
    const tasks = ["rerank"] as const;
    const subject = { endpoint, credentials: keyless, tasks, depth, ...asked };
    let last: Report | undefined;
    const ports = { http, sockets: nodeSockets(), clock: nodeClock };
    for await (const report of diagnose(steps, subject, ports, unaborted())) {
      last = report;
    }
    assert.ok(last !== undefined);
    return last;
  };

  /** Answers on the route that most servers have. */
  const common =
    (scores: (fields: Parameters<Routes>[1]) => readonly number[]): Routes =>
    (path, fields) =>
      path === "/v1/rerank" ? resultsReply(scores(fields)) : notFound;
  const list = (scores: readonly number[]) => ok(scores.map((score, index) => ({ index, score })));

  const cases: readonly {
    readonly name: string;
    readonly routes: Routes;
    readonly depth?: "basic";
    readonly code: string | undefined;
    readonly severity?: string;
    readonly status: Rung["status"];
  }[] = [
    { name: "the right order", routes: common(scoresFor), code: undefined, status: "passed" },
    {
      name: "raw scores in the right order",
      routes: common((fields) => scoresFor(fields).map((score) => score * 20 - 11)),
      code: undefined,
      status: "passed",
    },
    {
      name: "the order upside down",
      routes: common((fields) => scoresFor(fields).map((score) => -score)),
      code: "rerank.order",
      severity: "warning",
      status: "warned",
    },
    {
      name: "scores that say nothing, in a basic test",
      routes: common(() => [0.52, 0.5, 0.47, 0.49]),
      depth: "basic",
      code: "rerank.template-missing",
      severity: "warning",
      status: "warned",
    },
    {
      name: "scores that say nothing in either language",
      routes: common(() => [1e-20, 3e-23, 2e-22, 1e-28]),
      code: "rerank.template-missing",
      severity: "warning",
      status: "warned",
    },
    {
      name: "SGLang's bare list",
      routes: (path, fields) => (path === "/v1/rerank" ? list(scoresFor(fields)) : notFound),
      code: "rerank.shape",
      severity: "note",
      status: "passed",
    },
    {
      name: "TEI's route",
      routes: (path, { query, texts }) =>
        path === "/rerank" ? list(scoresFor({ query, documents: texts })) : { status: 404, body: "" },
      code: "rerank.shape",
      severity: "note",
      status: "passed",
    },
    {
      name: "a reply without scores",
      routes: () => ok({ ok: true }),
      code: "rerank.shape",
      severity: "blocker",
      status: "failed",
    },
    {
      name: "no route for it though there is a list of models",
      routes: () => notFound,
      code: "task.not-started-for",
      severity: "blocker",
      status: "failed",
    },
    {
      name: "SGLang's misleading words",
      routes: () => ({
        status: 400,
        body: {
          object: "error",
          message:
            "This model does not appear to be an embedding model by default. Please add `--is-embedding` when launching the server or try another model.",
          type: "BadRequestError",
          param: null,
          code: 400,
        },
      }),
      code: "task.not-started-for",
      severity: "blocker",
      status: "failed",
    },
  ];
  for (const { name, routes, depth = "full", code, severity, status } of cases) {
    it(`finds ${code ?? "nothing"} in ${name}`, async () => {
      server = await startVectorServer("r", routes);
      const report = await climb(server.baseUrl, "r", depth);
      assert.deepEqual(
        report.findings.map((finding) => [finding.code, finding.severity]),
        code === undefined ? [] : [[code, severity]],
      );
      assert.equal(report.rungs.find(({ id }) => id === "rerank")?.status, status);
    });
  }

  it("finds the demo endpoint healthy in a full test", async () => {
    const demo = await startDemoServer({ tokensPerSecond: 0 });
    try {
      const report = await climb(demo.baseUrl, "demo-reranker", "full");
      assert.deepEqual([report.verdict, report.findings], ["healthy", []]);
      const { evidence } = report.rungs.find(({ id }) => id === "rerank")!;
      assert.deepEqual(
        evidence.slice(-2).map((line) => line.slice(0, 3)),
        ["en:", "zh:"],
      );
    } finally {
      await demo.close();
    }
  });
});
