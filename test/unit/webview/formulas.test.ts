import assert from "node:assert/strict";
import { createBlockRenderer } from "../../../src/webview/markdown/blockRenderer.ts";
import { createBlockSplitter } from "../../../src/webview/markdown/blockSplitter.ts";
import { mathMl } from "../../../src/webview/markdown/mathMl.ts";

const renderer = createBlockRenderer(({ tex, layout }) => `⟦${layout === "display" ? "D" : "I"} ${tex}⟧`);
const shown = (source: string): string =>
  renderer
    .render(source)
    .replace(/<[^>]*>/g, "")
    .trim();

const formulas: readonly (readonly [name: string, source: string, shown: string])[] = [
  ["within a line", "So $E = mc^2$ holds.", "So ⟦I E = mc^2⟧ holds."],
  ["without spaces around it", "设$x_1$为$y$。", "设⟦I x_1⟧为⟦I y⟧。"],
  ["in round brackets", "So \\(a_1 + b_1\\) and \\(c\\).", "So ⟦I a_1 + b_1⟧ and ⟦I c⟧."],
  ["displayed within a line", "So $$a^*b^*$$ here", "So ⟦D a^*b^*⟧ here"],
  ["in square brackets within a line", "So \\[a_1 + b_1\\] here", "So ⟦D a_1 + b_1⟧ here"],
  ["as a block", "$$\na\n= b\n- c\n# d\n$$", "⟦D \na\n= b\n- c\n# d\n⟧"],
  ["as a block with blank lines", "$$\n\na\n\n$$", "⟦D \n\na\n\n⟧"],
  ["as a block that follows a line", "So:\n\\[\n  a\n\\]\nhere", "So:\n⟦D \na\n⟧\nhere"],
  ["as a block with text behind it", "$$ a\n$$ where a", "⟦D  a\n⟧\nwhere a"],
  ["in a list", "1. So\n   $$\n   a\n   $$\n2. b", "So⟦D \na\n⟧"],
  ["in a quotation", "> $$\n> a\n> $$", "⟦D \na\n⟧"],
  ["in a fence of that name", "```math\na\n```", "⟦D a\n⟧"],
  ["in a table", "| a |\n| --- |\n| $x$ |", "⟦I x⟧"],
];

const texts: readonly (readonly [name: string, source: string])[] = [
  ["amounts", "It costs $5 and $10."],
  ["a range of amounts", "Between $5-$10, US$7 to CA$9."],
  ["amounts with the sign behind", "From $5 to 10$, or $3.50 or 2$."],
  ["amounts in Chinese", "价格是$5到$10，或者$20元$"],
  ["shell variables", "Set $HOME:$PATH and $A/bin:$B."],
  ["code", "`$a$` and `\\(b\\)`"],
  ["a price class", "$$ moderate\nplaces"],
  ["three signs", "$$$ and $$$"],
  ["escaped signs", "\\$a\\$ b"],
  ["what does not end", "So $a + b\n\nand \\(c\n\nand $$ d"],
  ["references", "See \\[1\\] and \\[2, 3\\]"],
  ["an escaped link", "\\[a\\](b)"],
  ["an index", "array\\[0\\] and f\\(x\\)"],
  ["an indented block", "    $$\n    a\n    $$"],
  ["a fence that is open", "```math\na"],
  ["LaTeX to be copied", "```latex\n\\documentclass{article}\n```"],
];

describe("formulas in an answer", () => {
  for (const [name, source, expected] of formulas) {
    it(`are found ${name}`, () => assert.ok(shown(source).includes(expected), shown(source)));
  }
  for (const [name, source] of texts) {
    it(`are not seen in ${name}`, () => assert.doesNotMatch(shown(source), /⟦/));
  }

  it("stay open until they end, and then are closed at once", () => {
    const splitter = createBlockSplitter((source) => renderer.blocksOf(source));
    assert.deepEqual(splitter.push("Text\n$$\na\n\n= b\n"), ["Text\n"]);
    assert.equal(splitter.open(), "$$\na\n\n= b\n");
    assert.deepEqual(splitter.push("$$\n"), ["$$\na\n\n= b\n$$\n"]);
    assert.equal(splitter.open(), "");
  });

  it("are their source while they are open", () => {
    assert.match(renderer.renderOpen("$$\na_1 *b*\n"), /<code>\$\$\na_1 \*b\*<\/code>/);
    assert.match(renderer.renderOpen("So $a_1"), /So \$a_1/);
  });

  it("that never end hold back 4,096 characters and no more", () => {
    const text = `$$\n${"word word\n".repeat(2_000)}`;
    const cut = (length: number): readonly string[] => {
      const splitter = createBlockSplitter((source) => renderer.blocksOf(source));
      const blocks = [];
      for (let at = 0; at < text.length; at += length) {
        blocks.push(...splitter.push(text.slice(at, at + length)));
        assert.ok(length > 100 || splitter.open().length < 4_300 || blocks.length > 0);
      }
      return [...blocks, ...splitter.end()];
    };
    const html = (blocks: readonly string[]): string =>
      blocks.map((block) => renderer.render(block)).join("");
    assert.equal(html(cut(7)), html(cut(text.length)));
  });
});

const drawn: readonly (readonly [name: string, tex: string, has: RegExp])[] = [
  ["a fraction", "\\frac{a}{b}", /<mfrac><mi>a<\/mi><mi>b<\/mi><\/mfrac>/],
  ["its source as an annotation", "a<b", /<annotation encoding="application\/x-tex">a&lt;b<\/annotation>/],
  ["a matrix", "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", /<mtable>.*class="no-left"/],
  ["an aligned equation without glue", "\\begin{align}a&=b\\end{align}", /<mtr><mtd class="tml-right/],
  ["a box", "\\boxed{a}", /<mrow [^>]*class="tml-fbox"/],
  ["a text", "\\text{if } 中", /<mtext>if\u00a0<\/mtext>/],
  ["a bar in the theme's colour", "\\rule{1em}{2em}", /class="ink"/],
];

const refused = [
  "\\nosuchcommand",
  "a_",
  "\\frac{a}",
  "\\href{javascript:alert(1)}{x}",
  "\\url{https://evil.invalid}",
  "\\includegraphics{https://evil.invalid/p.png}",
  "\\htmlStyle{position:fixed}{x}",
  "\\class{head}{x}",
  "\\id{root}{x}",
  "\\style{position:fixed}{x}",
  "\\data{x=y}{z}",
  "\\def\\a{\\a\\a}\\a",
  "\\def\\a{bb}".concat(
    ..."bcdefghijklmnop"
      .split("")
      .map((name, at) =>
        `\\def\\${name}{${"\\".concat("abcdefghijklmno"[at] ?? "")}`.concat(
          "\\",
          "abcdefghijklmno"[at] ?? "",
          "}",
        ),
      ),
    "\\p",
  ),
  "{".repeat(4_000),
];

describe("a formula as MathML", () => {
  for (const [name, tex, has] of drawn) {
    it(`has ${name}`, () => assert.match(mathMl(tex, "display"), has));
  }

  for (const tex of refused) {
    it(`refuses ${tex.slice(0, 40)}`, () => assert.throws(() => mathMl(tex, "inline")));
  }

  it("is nothing but MathML: no style, no link, no picture, no script, no name of ours", () => {
    const hostile = [
      "\\text{<script>alert(1)</script><img src=x onerror=alert(1)>}",
      "\\color{red}{x}\\colorbox{blue}{y}\\fcolorbox{red}{blue}{z}",
      "\\tag{1} x \\label{a}",
      "\\hspace{-9999em}\\rule{9999em}{9999em}\\raisebox{-900pt}{x}\\kern-5000pt",
      "\\cancel{x}\\overline{ab}\\underline{c}\\sout{d}",
      "\\begin{array}{|c|c|}\\hline a&b\\\\\\hline\\end{array}",
      "\\toggle{a}{b}\\endtoggle",
      '\\text{" onload="alert(1)}',
    ];
    for (const tex of hostile) {
      const html = attempt(tex);
      assert.doesNotMatch(html, /<(?!\/?(math|semantics|annotation|m[a-z]+|none)\b)/, tex);
      assert.doesNotMatch(html.replace(/>[^<]*</g, "><"), / (style|href|src|id|on\w+)=|\d{4}/, tex);
    }
  });
});

function attempt(tex: string): string {
  try {
    return mathMl(tex, "display");
  } catch {
    return "";
  }
}
