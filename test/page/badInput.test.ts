import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import { appendLong, type RunPage } from "./support/runPage.ts";
import { finished, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

/** Elements that one task may add. 10,000 fences are 100,000. */
const mostInTask = 25_000;

/** What the page shows, without markup signs and white space; formulas by their source. */
const shownText = `(() => {
  const copy = document.querySelector(".answer").cloneNode(true);
  copy.querySelectorAll("button, .code-language").forEach((element) => element.remove());
  copy.querySelectorAll("math").forEach((math) => math.replaceWith(math.querySelector("annotation")?.textContent ?? ""));
  return copy.textContent.replace(/[\\s$-]/g, "");
})()`;

const isDrawn = `
  document.querySelector(".answer").textContent.trim().endsWith("end") &&
  document.querySelector(".open-block").innerHTML === "" && document.querySelector("[data-formula]") === null
`;

const bare = (text: string): string => text.replace(/[\s$-]/g, "");

interface Flood {
  readonly name: string;
  readonly answer: string;
  /** What must be there in the end, white space and dollars apart. */
  readonly shown: string;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

const floods: readonly Flood[] = [
  {
    name: "10,000 fences",
    answer: `${lines(10_000, (index) => `\`\`\`js\nlet a${index} = 1;\n\`\`\`\n\n`)}end`,
    shown: `${lines(10_000, (index) => `leta${index}=1;`)}end`,
  },
  {
    name: "lists 200 deep",
    answer: `${lines(200, (index) => `${"  ".repeat(index)}- item ${index}\n`)}\n\nend`,
    shown: lines(200, (index) => `item${index}`),
  },
  {
    name: "quotations 200 deep",
    answer: `${lines(200, (index) => `${"> ".repeat(index + 1)}level ${index}\n`)}\n\nend`,
    shown: lines(200, (index) => `level${index}`),
  },
  {
    name: "quotations and lists 10,000 deep",
    answer: `${">".repeat(10_000)} deep\n\n${"- ".repeat(3_000)}deeper\n\nend`,
    shown: "deeper",
  },
  { name: "a line of 1 MB", answer: `${"word ".repeat(200_000)}end`, shown: `${"word".repeat(200_000)}end` },
  {
    name: "a line of 1 MB in a fence",
    answer: `\`\`\`python\n${"x = 1; ".repeat(150_000)}\n\`\`\`\nend`,
    shown: `${"x=1;".repeat(150_000)}end`,
  },
  {
    name: "a row of 1 MB in a table",
    answer: `| a | b |\n| --- | --- |\n| ${"cell ".repeat(200_000)} | x |\n\nend`,
    shown: "cell".repeat(1_000),
  },
  {
    name: "a formula of 1 MB",
    answer: `$$\n${"x + ".repeat(250_000)}x\n$$\n\nend`,
    shown: "x+".repeat(1_000),
  },
  { name: "100,000 dollars", answer: `${"$".repeat(100_000)} end`, shown: "end" },
  { name: "100,000 dollars apart", answer: `${"$ ".repeat(50_000)}${"$a".repeat(50_000)} end`, shown: "end" },
  {
    name: "10,000 formulas",
    answer: `${lines(10_000, (index) => `So $x_{${index}}$ is.\n${index % 50 === 0 ? "\n" : ""}`)}\nend`,
    shown: `${lines(10_000, (index) => `Sox_{${index}}is.`)}end`,
  },
  {
    name: "a table of 5,000 rows",
    answer: `| a | b |\n| --- | :-: |\n${lines(5_000, (index) => `| r${index} | s |\n`)}\nend`,
    shown: lines(300, (index) => `r${index}s`),
  },
  {
    name: "emphasis and brackets without end",
    answer: `${"*a_ ".repeat(10_000)}${"[".repeat(10_000)}${"![](".repeat(5_000)}${"<".repeat(10_000)}${"`".repeat(5_000)}\n\nend`,
    shown: "[".repeat(8_000),
  },
];

describe("bad input in an answer", function () {
  this.timeout(180_000);
  const open = useRunPages();
  let opened: RunPage;
  /** Waits as long as more is drawn: on a busy machine a flood takes its time. */
  const drawn = async (page: Page, before = -1): Promise<void> => {
    try {
      await eventuallyInPage(page, isDrawn);
    } catch (error) {
      const length = await page.evaluate<number>(`document.querySelector(".answer").textContent.length`);
      if (length === before) {
        throw error;
      }
      await drawn(page, length);
    }
  };

  for (const { name, answer, shown } of floods) {
    it(`is drawn a little at a time, and all of it: ${name}`, async () => {
      opened = await open({ snapshot: runOf({}) });
      const { page, host } = opened;
      await page.evaluate(watchTasks);
      appendLong(opened, answer);
      await page.locator("header button", { hasText: "Stop" }).click();
      await eventually(() => opened.asked.at(-1)?.name === "run/stop");
      host.emit("run/ended", { runId: "run-1", end: finished });
      await page.locator(".metrics").waitFor({ state: "attached" });
      await drawn(page);
      const text = await page.evaluate<string>(shownText);
      assert.ok(text.includes(bare(shown)), `${text.length} characters: ${text.slice(0, 200)}`);
      assert.ok(text.endsWith("end"), text.slice(-100));
      const most = await page.evaluate<number>("globalThis.mostInTask");
      assert.ok(most <= mostInTask, `${most} elements in one task`);
    });
  }

  const injections = [
    `<script>alert(1)</script><style>*{display:none}</style><svg onload=alert(1)><math><mtext><img src=x onerror=alert(1)>`,
    `$\\text{<img src=x onerror=alert(1)>}$ $\\href{javascript:alert(1)}{x}$ $\\style{position:fixed}{x}$ $<script>alert(1)</script>$`,
    `$$\n\\text{</annotation></semantics></math><script>alert(1)</script>}\n$$`,
    `$$\n\\includegraphics{https://evil.invalid/p.png} \\url{https://evil.invalid}\n$$`,
    `\`\`\`"><img/src=x/onerror=alert(1)>\n<script>alert(1)</script>\n\`\`\``,
    `\`\`\`math\n\\text{<style>*{display:none}</style>}\n\`\`\``,
    `| <b onclick=alert(1)> | $<i>$ |\n| --- | --- |\n| <svg/onload=alert(1)> | x |`,
    `<a href="javascript:alert(1)" style="position:fixed">x</a> <details open ontoggle=alert(1)> <xmp> <plaintext> <!--`,
  ];

  it("is text and MathML and nothing else, wherever markup is hidden", async () => {
    const answer = `${injections.join("\n\n")}\n\nend`;
    opened = await open({ snapshot: runOf({}, { answer, end: finished }) });
    const { page } = opened;
    await page.locator(".answer math").first().waitFor();
    await drawn(page);
    const alien = await page
      .locator(".answer *")
      .evaluateAll((elements) =>
        elements
          .filter(
            (element) =>
              /^(img|script|style|svg|iframe|details|xmp|plaintext|b|i|object|form|input)$/i.test(
                element.localName,
              ) ||
              element
                .getAttributeNames()
                .some((attribute) => attribute.startsWith("on") || attribute === "style"),
          )
          .map((element) => element.outerHTML),
      );
    assert.deepEqual(alien, []);
    const shown = await page.evaluate<string>(shownText);
    for (const text of [
      "<script>alert(1)</script>",
      "<plaintext>",
      "\\href{javascript:alert(1)}{x}",
      "end",
    ]) {
      assert.ok(shown.includes(bare(text)), text);
    }
  });

  const schemes = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61;vascript:alert(1)",
    "%6Aavascript:alert(1)",
    "\u0001javascript:alert(1)",
    "\\javascript:alert(1)",
    "javascript&colon;alert(1)",
    "vbscript:msgbox(1)",
    "command:workbench.action.quit",
    "COMMAND:workbench.action.quit",
    "command&colon;workbench.action.quit",
    "vscode://file/etc/passwd",
    "vscode-insiders://x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "blob:https://a.invalid/x",
    "//evil.invalid/x",
    "/etc/passwd",
    "mailto:a@b.invalid",
    "ftp://evil.invalid",
  ];

  it("has no link to anything but the web, however it is spelt", async () => {
    const answer = schemes.flatMap((url) => [
      `[x](${url})`,
      `[x](<${url}>)`,
      `<${url}>`,
      `![x](${url})`,
      url,
    ]);
    opened = await open({
      snapshot: runOf({}, { answer: `${answer.join("\n\n")}\n\n[web](https://a.invalid/)`, end: finished }),
    });
    const { page } = opened;
    await page.getByRole("link", { name: "web" }).waitFor();
    const links = await page
      .locator(".answer a")
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
    assert.deepEqual(
      links.filter((link) => !/^https?:\/\/[a-z]/.test(link)),
      [],
    );
    await page.getByRole("link", { name: "web" }).click();
    await eventually(() => opened.asked.at(-1)?.name === "link/open");
    assert.deepEqual(opened.asked.at(-1)?.params, { url: "https://a.invalid/" });
  });

  it("shows overrides, NULs and lone surrogates, in text, code and formulas", async () => {
    const bad = "a\u202Eb\u2066c\0d\x1be\uD800f\uDC00g";
    const answer = `${bad}\n\n\`\`\`js\n"${bad}"\n\`\`\`\n\n$\\text{${bad}}$\n\n| ${bad} |\n| --- |\n| x |\n\nend`;
    opened = await open({
      snapshot: runOf({}, { answer, reasoning: bad, end: finished }),
    });
    const { page } = opened;
    await drawn(page);
    const text = await page.evaluate<string>(`document.querySelector(".reply").textContent`);
    assert.doesNotMatch(text, /[\0\x1b\u202A-\u202E\u2066-\u2069]/);
    assert.ok(text.match(/a\[U\+202E\]b\[U\+2066\]c␀d␛e/g)!.length >= 4, text);
  });
});

/** Counts the elements that are added to the answer at a time: the observer is told when a task has ended. */
const watchTasks = `
  globalThis.mostInTask = 0;
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.nodeType === 1 && node.isConnected);
    const elements = added.reduce((sum, element) => sum + 1 + element.querySelectorAll("*").length, 0);
    globalThis.mostInTask = Math.max(globalThis.mostInTask, elements);
  }).observe(document.getElementById("root"), { childList: true, subtree: true });
`;
