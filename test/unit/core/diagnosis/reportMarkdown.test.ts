import assert from "node:assert/strict";

import MarkdownIt from "markdown-it";

import { reportMarkdown } from "../../../../src/core/diagnosis/reportMarkdown.ts";
import { aFinding, aReport, aRung } from "../../../support/builders.ts";

/** As GitHub would show it: HTML included. */
const render = (markdown: string): string => new MarkdownIt({ html: true, linkify: true }).render(markdown);

describe("reportMarkdown", () => {
  it("tells what was tested, each rung, and each finding with its proof", () => {
    const finding = aFinding("connect.refused", { evidence: ["127.0.0.1:8000 → ECONNREFUSED"] });
    const report = aReport({
      models: { chat: "Qwen/Qwen3-8B" },
      server: "vLLM",
      serverVersion: "0.11.0",
      verdict: "failed",
      findings: [finding],
      rungs: [
        aRung("address", { durationMs: 1.4 }),
        aRung("connect", { durationMs: 1.4, status: "failed", findings: [finding] }),
      ],
    });
    const [title, , verdict, , ...rest] = reportMarkdown(report).split("\n");
    assert.equal(title, "## Local");
    assert.equal(verdict, "Stopped at Connection: Nothing listens on this port");
    assert.deepEqual(rest.slice(0, 10), [
      "- Base URL: `http://localhost:8000/v1`",
      "- Model: `Qwen/Qwen3-8B`",
      "- Server: `vLLM 0.11.0`",
      "- Sent from: `this computer`",
      "- Tested for: `chat`",
      "- Depth: `full`",
      "- Requests to a model: `0`",
      "",
      "- Address: passed (1 ms)",
      "- Connection: failed (1 ms)",
    ]);
    assert.match(rest.join("\n"), /\n### Nothing listens on this port \(`connect\.refused`\)\n/);
    assert.match(rest.join("\n"), /\n {4}127\.0\.0\.1:8000 → ECONNREFUSED\n/);
  });

  it("tells what was tried, what the SDK says, and how many requests a step took", () => {
    const finding = aFinding("http.wrong-path", { evidence: ["GET /v1/models → 404"] });
    const variations = [
      { what: "http://localhost:8000", outcome: "404", worked: "no" as const },
      { what: "http://localhost:30000/v1", outcome: "200, 1 model", worked: "yes" as const },
    ];
    const sdk = ["openai (Python): openai.NotFoundError: Error code: 404"];
    const rungs = [
      aRung("http", { status: "failed", durationMs: 20, findings: [finding], variations, sdk }),
      aRung("chat", { durationMs: 300, modelRequests: 3 }),
      aRung("stream", { status: "not-reached", durationMs: 0 }),
    ];
    const markdown = reportMarkdown(aReport({ verdict: "failed", findings: [finding], rungs }));
    for (const lines of [
      "- HTTP: failed (20 ms)\n  - ✘ `http://localhost:8000` → `404`\n  - ✔ `http://localhost:30000/v1` → `200, 1 model`\n",
      "- Chat: passed (300 ms, 3 model requests)\n- Streaming: not reached\n",
      "\nThe OpenAI SDK says:\n\n    openai (Python): openai.NotFoundError: Error code: 404\n",
      "- Requests to a model: `3`\n",
    ]) {
      assert.ok(markdown.includes(lines), `${lines}\nis missing in\n${markdown}`);
    }
  });

  const hostile: readonly string[] = [
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](https://evil.example)",
    "`<b>` ![x](https://evil.example/x.png)",
    "``` ` <b>x</b>",
    "x`",
    "a\n\n# heading\n\n<b>x</b>",
    "a\r\n- [x](https://evil.example)",
    "<!-- ",
  ];
  for (const text of hostile) {
    it(`keeps ${JSON.stringify(text)} as text, wherever it stands`, () => {
      const finding = aFinding("connect.refused", { evidence: [text, text] });
      const html = render(
        reportMarkdown(
          aReport({
            endpointName: text,
            models: { chat: text },
            server: text,
            machine: text,
            verdict: "failed",
            serverVersion: text,
            findings: [finding],
            rungs: [
              aRung("connect", {
                findings: [finding],
                variations: [{ what: text, outcome: text, worked: "no" }],
                sdk: [text],
              }),
            ],
          }),
        ),
      );
      assert.doesNotMatch(html, /<(img|a|b|h1)\b|<!--/);
      assert.equal(html.match(/<h2>/g)?.length, 1);
    });
  }
});
