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
    assert.deepEqual(rest.slice(0, 7), [
      "- Base URL: `http://localhost:8000/v1`",
      "- Model: `Qwen/Qwen3-8B`",
      "- Server: `vLLM`",
      "- Sent from: `this computer`",
      "",
      "- Address: passed (1 ms)",
      "- Connection: failed (1 ms)",
    ]);
    assert.match(rest.join("\n"), /\n### Nothing listens on this port \(`connect\.refused`\)\n/);
    assert.match(rest.join("\n"), /\n {4}127\.0\.0\.1:8000 → ECONNREFUSED\n/);
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
      const html = render(
        reportMarkdown(
          aReport({
            endpointName: text,
            models: { chat: text },
            server: text,
            machine: text,
            verdict: "failed",
            findings: [aFinding("connect.refused", { evidence: [text, text] })],
          }),
        ),
      );
      assert.doesNotMatch(html, /<(img|a|b|h1)\b|<!--/);
      assert.equal(html.match(/<h2>/g)?.length, 1);
    });
  }
});
