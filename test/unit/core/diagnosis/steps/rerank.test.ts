import assert from "node:assert/strict";

import {
  asStep,
  type Judgement,
  type Learned,
  type Subject,
} from "../../../../../src/core/diagnosis/step.ts";
import { rerank } from "../../../../../src/core/diagnosis/steps/rerank.ts";
import type { HttpReply } from "../../../../../src/core/ports.ts";
import {
  anEndpoint,
  aReply,
  aSubject,
  fakeClock,
  fakeHttp,
  fakeSockets,
} from "../../../../support/builders.ts";
import {
  type Answer,
  type Fields,
  notFound,
  ok,
  resultsReply,
  scoresFor,
} from "../../../../support/vectorServer.ts";

const learned: Learned = { chosen: { rerank: "r" }, served: [{ id: "r" }] };
const local = "http://localhost:8000";
const hosted = "https://dashscope.aliyuncs.com";

type Routes = Readonly<Record<string, (fields: Fields, place: number) => Answer>>;

interface Climbed extends Judgement {
  readonly sent: readonly { readonly url: string; readonly fields: Fields }[];
}

async function climb(
  routes: Routes,
  changes: { readonly baseUrl?: string; readonly learned?: Learned; readonly depth?: Subject["depth"] } = {},
): Promise<Climbed> {
  const sent: { readonly url: string; readonly fields: Fields }[] = [];
  const answered = Object.entries(routes).map(([url, answer]) => [
    `POST ${url}`,
    ({ body = "" }): HttpReply => {
      const fields = JSON.parse(body) as Fields;
      sent.push({ url, fields });
      const { status, body: replied } = answer(fields, sent.length - 1);
      return aReply(replied, { status });
    },
  ]);
  const endpoint = anEndpoint({ baseUrl: changes.baseUrl ?? `${local}/v1` });
  const subject = aSubject({ endpoint, tasks: ["rerank"], depth: changes.depth ?? "full" });
  const http = fakeHttp(Object.fromEntries(answered) as Parameters<typeof fakeHttp>[0]);
  const ports = { http, sockets: fakeSockets(), clock: fakeClock() };
  const { signal } = new AbortController();
  return { ...(await asStep(rerank).climb(subject, changes.learned ?? learned, ports, signal)), sent };
}

const found = ({ findings }: Judgement): readonly string[] =>
  findings.map(({ code, severity }) => `${code} ${severity}`);

const common = `${local}/v1/rerank`;
const right = (fields: Fields): Answer => resultsReply(scoresFor(fields));
const missing = (): Answer => notFound;
const bare = (fields: Fields): Answer => ok(scoresFor(fields).map((score, index) => ({ index, score })));
const tei = ({ query, texts }: Fields): Answer =>
  texts === undefined
    ? { status: 422, body: "Failed to deserialize the JSON body into the target type: missing field `texts`" }
    : bare({ query, documents: texts });

describe("the rerank rung", () => {
  it("ranks one small set with the least fields in a basic test", async () => {
    const { sent, evidence, findings } = await climb({ [common]: right }, { depth: "basic" });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      sent.map(({ fields }) => [Object.keys(fields), (fields["documents"] as readonly string[]).length]),
      [[["model", "query", "documents"], 4]],
    );
    assert.match(
      evidence.at(-1) ?? "",
      /^en: "The capital of China is Beijing\." 0\.\d+, the others -?0\.\d+ to 0\.\d+$/,
    );
  });

  it("ranks a Chinese set as well in a full test", async () => {
    const { sent, evidence, findings } = await climb({ [common]: right });
    assert.deepEqual([sent.length, findings], [2, []]);
    assert.match(evidence.at(-1) ?? "", /^zh: "北京是中国的首都。"/);
  });

  const dialects: readonly {
    readonly name: string;
    readonly routes: Routes;
    readonly baseUrl?: string;
    readonly learned?: Learned;
    readonly expected: readonly string[];
    readonly urls: readonly string[];
  }[] = [
    {
      name: "SGLang's bare list",
      routes: { [common]: bare },
      expected: ["rerank.shape note"],
      urls: [common, common],
    },
    {
      name: "TEI, which has no such route under /v1",
      routes: { [common]: missing, [`${local}/rerank`]: tei },
      expected: ["rerank.shape note"],
      urls: [common, `${local}/rerank`, `${local}/rerank`],
    },
    {
      name: "TEI that gave itself away",
      routes: { [`${local}/rerank`]: tei },
      learned: { ...learned, server: { id: "tei", name: "TEI" } },
      expected: ["rerank.shape note"],
      urls: [`${local}/rerank`, `${local}/rerank`],
    },
    {
      name: "TEI at a base URL without /v1",
      routes: { [`${local}/rerank`]: tei },
      baseUrl: local,
      expected: ["rerank.shape note"],
      urls: [`${local}/rerank`, `${local}/rerank`, `${local}/rerank`],
    },
    {
      name: "TEI with a model of another kind",
      routes: {
        [common]: missing,
        [`${local}/rerank`]: () => ({
          status: 424,
          body: { error: "Backend error: model is not a re-ranker model", error_type: "Backend" },
        }),
      },
      expected: ["task.not-started-for blocker"],
      urls: [common, `${local}/rerank`],
    },
    {
      name: "a server with neither route",
      routes: { [common]: missing, [`${local}/rerank`]: missing },
      expected: ["task.not-started-for blocker"],
      urls: [common, `${local}/rerank`],
    },
    {
      name: "DashScope's compatible API",
      routes: { [`${hosted}/compatible-api/v1/reranks`]: right },
      baseUrl: `${hosted}/compatible-mode/v1`,
      expected: [],
      urls: Array<string>(2).fill(`${hosted}/compatible-api/v1/reranks`),
    },
    {
      name: "a model that DashScope has in its native API alone",
      routes: {
        [`${hosted}/compatible-api/v1/reranks`]: () => ({
          status: 404,
          body: {
            error: {
              message: "Unsupported model `gte-rerank-v2` for OpenAI compatibility mode.",
              code: "model_not_supported",
            },
          },
        }),
        [`${hosted}/api/v1/services/rerank/text-rerank/text-rerank`]: ({ input }) =>
          ok({ output: right(input as Fields).body }),
      },
      baseUrl: `${hosted}/compatible-mode/v1`,
      expected: ["rerank.shape note"],
      urls: [
        `${hosted}/compatible-api/v1/reranks`,
        ...Array<string>(2).fill(`${hosted}/api/v1/services/rerank/text-rerank/text-rerank`),
      ],
    },
  ];
  for (const { name, expected, urls, ...world } of dialects) {
    it(`finds ${expected.join() || "nothing"} with ${name}`, async () => {
      const { sent, ...judged } = await climb(world.routes, world);
      assert.deepEqual(found(judged), expected);
      assert.deepEqual(
        sent.map(({ url }) => url),
        urls,
      );
    });
  }

  const scored = (scores: (fields: Fields) => readonly number[]) => (fields: Fields) =>
    resultsReply(scores(fields));
  const misleading =
    "This model does not appear to be an embedding model by default. Please add `--is-embedding` when launching the server or try another model.";
  const replies: readonly {
    readonly name: string;
    readonly answer: (fields: Fields, place: number) => Answer;
    readonly expected: readonly string[];
  }[] = [
    {
      name: "SGLang that was started without the template",
      answer: () => ({
        status: 400,
        body: { object: "error", message: misleading, type: "BadRequestError", code: 400 },
      }),
      expected: ["task.not-started-for blocker"],
    },
    { name: "a reply without scores", answer: () => ok({ ok: true }), expected: ["rerank.shape blocker"] },
    {
      name: "an empty list of results",
      answer: () => ok({ results: [] }),
      expected: ["rerank.shape blocker"],
    },
    {
      name: "a score too few",
      answer: (fields) => resultsReply(scoresFor(fields).slice(1)),
      expected: ["rerank.shape warning"],
    },
    {
      name: "one index for all scores",
      answer: (fields) =>
        ok({ results: scoresFor(fields).map((score) => ({ index: 0, relevance_score: score })) }),
      expected: ["rerank.shape warning"],
    },
    {
      name: "indexes that count from 1",
      answer: (fields) =>
        ok({
          results: scoresFor(fields).map((score, index) => ({ index: index + 1, relevance_score: score })),
        }),
      expected: ["rerank.shape warning"],
    },
    {
      name: "scores upside down",
      answer: scored((fields) => scoresFor(fields).map((score) => -score)),
      expected: ["rerank.order warning"],
    },
    {
      name: "scores that hardly differ",
      answer: scored(() => [0.51, 0.5, 0.48, 0.49]),
      expected: ["rerank.template-missing warning"],
    },
    {
      name: "Chinese that fails",
      answer: (fields, place) => (place === 0 ? right(fields) : { status: 500, body: { detail: "boom" } }),
      expected: ["http.server-error warning"],
    },
    {
      name: "Chinese without scores",
      answer: (fields, place) => (place === 0 ? right(fields) : ok({ ok: true })),
      expected: ["rerank.shape warning"],
    },
    {
      name: "Chinese in the wrong order",
      answer: (fields, place) => (place === 0 ? right(fields) : resultsReply([0.9, 0.5, 0.1, 0.3])),
      expected: ["rerank.order warning"],
    },
  ];
  for (const { name, answer, expected } of replies) {
    it(`finds ${expected.join() || "nothing"} in ${name}`, async () => {
      const judged = await climb({ [common]: answer });
      assert.deepEqual(found(judged), expected);
      assert.ok(judged.findings.every(({ evidence }) => evidence.length > 0));
    });
  }

  it("shows the misleading words of SGLang as evidence", async () => {
    const { findings } = await climb({ [common]: replies[0]!.answer });
    assert.match(findings[0]?.evidence.join("\n") ?? "", /--is-embedding/);
  });
});
