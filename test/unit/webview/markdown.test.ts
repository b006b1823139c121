import assert from "node:assert/strict";
import fc from "fast-check";
import { createBlockRenderer } from "../../../src/webview/markdown/blockRenderer.ts";
import { createBlockSplitter, type SplitLimits } from "../../../src/webview/markdown/blockSplitter.ts";
import { chunksOf } from "../../../src/webview/markdown/chunks.ts";
import { createLineEndings } from "../../../src/webview/markdown/lineEndings.ts";

const renderer = createBlockRenderer();

function htmlOf(pieces: readonly string[], limits?: SplitLimits): string {
  const splitter = createBlockSplitter((source) => renderer.blocksOf(source), limits);
  const blocks = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  return blocks.map((block) => renderer.render(block)).join("");
}

const line = fc.oneof(
  fc.constantFrom(
    "",
    "",
    "Some words",
    "# Heading",
    "#",
    "===",
    "---",
    "- item",
    "  - nested",
    "1. one",
    "    indented",
    "   lazy",
  ),
  fc.constantFrom(
    "```",
    "```python",
    "~~~",
    "  ```",
    "> quote",
    "| a | b |",
    "| --- | :-: |",
    "* * *",
    "`tick",
    "**bold**",
    "\tx",
  ),
  fc.constantFrom(
    "$$",
    "$$",
    "$$ a",
    "b $$",
    "\\[",
    "\\]",
    "- $$",
    "> \\[ x",
    "  $$",
    "$x$ and $y",
    "= b $$ c",
  ),
  fc.string({ maxLength: 40 }),
);
const markdown = fc.array(line, { maxLength: 24 }).map((lines) => lines.join("\n"));

describe("the Markdown of an answer", () => {
  it("becomes the same HTML however it is cut into pieces", () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 12 });
    fc.assert(
      fc.property(markdown, cuts, (text, at) => assert.equal(htmlOf(piecesOf(text, at)), htmlOf([text]))),
      { numRuns: 2_000 },
    );
  });

  it("becomes the same HTML character by character, with limits so low that everything is cut", () => {
    const limits = fc.record({
      line: fc.integer({ min: 1, max: 20 }),
      block: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(markdown, limits, (text, low) =>
        assert.equal(htmlOf(text.split(""), low), htmlOf([text], low)),
      ),
      { numRuns: 1_000 },
    );
  });

  it("becomes what markdown-it makes of the whole", () => {
    fc.assert(
      fc.property(markdown, (text) => assert.equal(htmlOf([text]).trim(), renderer.render(text).trim())),
      { numRuns: 1_000 },
    );
  });

  it("closes a block as soon as nothing can change it, and a fence with its closing line", () => {
    const splitter = createBlockSplitter((source) => renderer.blocksOf(source));
    assert.deepEqual(splitter.push("One\n\nTwo"), []);
    assert.deepEqual(splitter.push("\n"), ["One\n\n"]);
    assert.deepEqual(splitter.push("\n```js\n1\n"), ["Two\n\n"]);
    assert.deepEqual(splitter.push("```"), []);
    assert.deepEqual(splitter.push("\n"), ["```js\n1\n```\n"]);
    assert.equal(splitter.open(), "");
  });

  it("bounds what is rendered again, whatever the length of a line or a list", () => {
    for (const text of ["x".repeat(300_000), "- item\n".repeat(40_000), "> quote\n".repeat(40_000)]) {
      const splitter = createBlockSplitter((source) => renderer.blocksOf(source));
      const blocks = [...splitter.push(text), ...splitter.end()];
      assert.ok(Math.max(...blocks.map((block) => block.length)) <= 3 * 16_384, text.slice(0, 8));
      assert.equal(blocks.join("").replace(/\n/g, ""), text.replace(/\n/g, ""));
    }
  });
});

function piecesOf(text: string, cuts: readonly number[]): string[] {
  const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

const inertMarkup = [
  { name: "HTML", source: '<img src=x onerror="alert(1)"><script>alert(1)</script>', never: /<(img|script)/ },
  { name: "a javascript link", source: "[x](javascript:alert(1)) <javascript:alert(1)>", never: /<a/ },
  {
    name: "a command link",
    source: "[x](command:workbench.action.quit) [y](vscode://a/b) [z](file:///etc/passwd)",
    never: /<a/,
  },
  { name: "a data link", source: "[x](data:text/html,<script>alert(1)</script>)", never: /<a|<script/ },
  { name: "an image", source: "![alt](https://example.com/p.png)", never: /<img/ },
  { name: "a table alignment", source: "| a |\n| :-: |\n| b |", never: /style=/ },
  { name: "a fence's info", source: '```"><img src=x>\ncode\n```', never: /<img/ },
  { name: "a language with markup", source: "```<b>\n<b>\n```", never: /<b>/ },
] as const;

describe("what Markdown may not do", () => {
  for (const { name, source, never } of inertMarkup) {
    it(`${name} stays inert`, () => assert.doesNotMatch(renderer.render(source), never));
  }

  it("draws a table, its columns aligned by class, in a frame that scrolls by itself", () => {
    const html = renderer.render("| a | b | c |\n| :-: | --: | --- |\n| 1 | 2 | **3** |");
    assert.match(html, /^<div class="table" tabindex="0" role="group" aria-label="Table"><table>/);
    assert.match(html, /<th class="align-center">a<\/th>\s*<th class="align-right">b<\/th>\s*<th>c<\/th>/);
    assert.match(html, /<td><strong>3<\/strong><\/td>\s*<\/tr>\s*<\/tbody>\s*<\/table><\/div>/);
  });

  it("shows an image as a link with its text, and inside a link as text alone", () => {
    assert.match(
      renderer.render("![a chart](https://example.com/p.png)"),
      /<a class="image" href="https:\/\/example.com\/p.png"[^>]*>Image: a chart<\/a>/,
    );
    assert.equal(renderer.render("[![a](https://e.com/p)](https://e.com/q)").match(/<a /g)?.length, 1);
  });

  it("keeps what is nested deeper than any page shows", () => {
    const list = Array.from({ length: 200 }, (_, index) => `${"  ".repeat(index)}- item ${index}`).join("\n");
    const items = [...renderer.render(list).matchAll(/item (\d+)\b/g)].map((match) => Number(match[1]));
    assert.deepEqual(
      items,
      Array.from({ length: 200 }, (_, index) => index),
    );
    for (const text of [
      `${">".repeat(5_000)} deep`,
      `${"- ".repeat(2_000)}deep`,
      `${"> - ".repeat(1_000)}deep`,
    ]) {
      assert.match(renderer.render(text), /deep/);
    }
  });

  it("tells where a link really goes", () => {
    assert.match(
      renderer.render('[https://good.example](https://bad.example "https://good.example")'),
      /title="https:\/\/bad.example"/,
    );
  });

  it("keeps a link definition readable instead of swallowing it", () => {
    assert.match(renderer.render("[1]: https://example.com"), /\[1\]: <a href="https:\/\/example.com"/);
  });

  it("colours code when its fence is closed, not before", () => {
    assert.match(renderer.render("```python\nreturn 1\n```"), /hljs-keyword/);
    assert.doesNotMatch(renderer.render("```python\nreturn 1\n"), /hljs-/);
    assert.doesNotMatch(renderer.render("```nosuchlanguage\nreturn 1\n```"), /hljs-/);
  });
});

describe("line endings", () => {
  it("are the same however a CRLF is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "\r", "\n", "\r\n"), { maxLength: 20 }),
        fc.nat(20),
        (parts, at) => {
          const text = parts.join("");
          const endings = createLineEndings();
          const result = endings.push(text.slice(0, at)) + endings.push(text.slice(at)) + endings.end();
          assert.equal(result, text.replace(/\r\n?/g, "\n"));
        },
      ),
    );
  });
});

describe("chunks", () => {
  it("joined are the text, and none is longer than a line needs", () => {
    for (const text of ["", "a\n".repeat(5_000), "x".repeat(100_000), `${"y".repeat(3_000)}\n`.repeat(9)]) {
      const chunks = chunksOf(text);
      assert.equal(chunks.join(""), text);
      assert.ok(chunks.every((chunk) => chunk.length <= 18_432));
    }
  });
});
