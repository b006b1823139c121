import assert from "node:assert/strict";

import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report, Rung } from "../../../src/core/diagnosis/report.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  type Answer,
  embeddingsReply,
  type Fields,
  notFound,
  startVectorServer,
  type VectorServer,
  vectorsFor,
} from "../../support/vectorServer.ts";
import { asked, endpointAt, keyless, unaborted } from "../support/endpoints.ts";

describe("embeddings over real sockets", () => {
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

  const climb = async (baseUrl: string, model: string): Promise<Report> => {
    const endpoint = endpointAt(baseUrl, { models: { embedding: model } });
    const tasks = ["embedding"] as const;
    const subject = { endpoint, credentials: keyless, tasks, depth: "full" as const, ...asked };
    let last: Report | undefined;
    const ports = { http, sockets: nodeSockets(), clock: nodeClock };
    for await (const report of diagnose(steps, subject, ports, unaborted())) {
      last = report;
    }
    assert.ok(last !== undefined);
    return last;
  };

  const against = async (
    answer: (fields: Fields) => Answer,
    model: string = "e",
  ): Promise<{ readonly report: Report; readonly rung: Rung; readonly posted: readonly Fields[] }> => {
    server = await startVectorServer(model, (path, fields) =>
      path === "/v1/embeddings" ? answer(fields) : notFound,
    );
    const report = await climb(server.baseUrl, model);
    const rung = report.rungs.find(({ id }) => id === "embedding");
    assert.ok(rung !== undefined);
    return { report, rung, posted: server.posted.map(({ fields }) => fields) };
  };

  const right = (fields: Fields): Answer => embeddingsReply(vectorsFor(fields));
  const times =
    (factor: number) =>
    (fields: Fields): Answer =>
      embeddingsReply(
        vectorsFor({ ...fields, encoding_format: "float" }).map(({ index, embedding }) => ({
          index,
          embedding: (embedding as readonly number[]).map((value) => value * factor),
        })),
      );
  const isBatch = ({ input }: Fields): boolean => Array.isArray(input) && input.length === 2;
  /** A server behind a balancer: each request is answered by another model. */
  const changing = (): ((fields: Fields) => Answer) => {
    let requests = 0;
    return (fields) => right({ ...fields, input: `${requests++}` });
  };

  const cases: readonly {
    readonly name: string;
    readonly answer: (fields: Fields) => Answer;
    readonly model?: string;
    readonly code: string;
    readonly severity: string;
    readonly status: Rung["status"];
  }[] = [
    { name: "zeros", answer: times(0), code: "embedding.zero", severity: "blocker", status: "failed" },
    {
      name: "long vectors",
      answer: times(3),
      code: "embedding.not-normalised",
      severity: "note",
      status: "warned",
    },
    {
      name: "another model's vectors",
      answer: right,
      model: "Qwen3-Embedding-4B",
      code: "embedding.wrong-dimensions",
      severity: "warning",
      status: "warned",
    },
    {
      name: "changing vectors",
      answer: changing(),
      code: "embedding.not-repeatable",
      severity: "warning",
      status: "warned",
    },
    {
      name: "other vectors in a batch",
      answer: (fields) => right(isBatch(fields) ? { ...fields, input: ["pong", "other"] } : fields),
      code: "embedding.batch-differs",
      severity: "warning",
      status: "warned",
    },
    {
      name: "lists of numbers in the place of base64",
      answer: (fields) => right({ ...fields, encoding_format: "float" }),
      code: "embedding.encoding-ignored",
      severity: "warning",
      status: "warned",
    },
    {
      name: "dimensions refused",
      answer: (fields) =>
        "dimensions" in fields
          ? {
              status: 400,
              body: {
                object: "error",
                message:
                  "Model 'e' does not support matryoshka representation, changing output dimensions will lead to poor results.",
                code: 400,
              },
            }
          : right(fields),
      code: "request.dimensions",
      severity: "note",
      status: "passed",
    },
  ];
  for (const { name, answer, model, code, severity, status } of cases) {
    it(`finds ${code} in ${name}`, async () => {
      const { report, rung } = await against(answer, model);
      const found = report.findings.find((finding) => finding.code === code);
      assert.deepEqual([found?.severity, rung.status], [severity, status], JSON.stringify(report.findings));
      assert.ok((found?.evidence.length ?? 0) > 0);
    });
  }

  it("needs six short requests where all is well, and notes each of them", async () => {
    const { report, rung, posted } = await against(right);
    assert.deepEqual([report.verdict, report.findings], ["healthy", []]);
    assert.deepEqual([rung.modelRequests, rung.exchanges.length, posted.length], [6, 6, 6]);
  });

  it("finds the demo endpoint healthy in a full test", async () => {
    const demo = await startDemoServer({ tokensPerSecond: 0 });
    try {
      const report = await climb(demo.baseUrl, "demo-embedding");
      assert.deepEqual([report.verdict, report.findings], ["healthy", []]);
      const { evidence } = report.rungs.find(({ id }) => id === "embedding")!;
      assert.match(evidence.at(-1) ?? "", /en similar 0\.\d+, unrelated -?0\.\d+; zh similar/);
      assert.doesNotMatch(evidence.at(-1) ?? "", /wrong way round/);
    } finally {
      await demo.close();
    }
  });
});
