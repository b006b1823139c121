import assert from "node:assert/strict";
import type { RunSnapshot } from "../../src/shared/runPanel.ts";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import { appendLong, type RunPage } from "./support/runPage.ts";
import { unfoldAll } from "./support/unfoldAll.ts";
import { finished, ladderOf, runOf, vector } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

/** What a server may send to be taken for markup, everywhere at once. */
const payload = [
  `<img src="https://evil.example/p" onerror="alert(1)"><script>alert(1)</script><svg onload=alert(1)>`,
  `[click](javascript:alert(1)) [run](command:workbench.action.quit) ![x](https://evil.example/q.png)`,
  `"><iframe src="https://evil.example"></iframe><a href="https://evil.example" style="position:fixed">x</a>`,
  `\u202Egnp.exe\u2066 \0 \x1b[31m \uD800 </textarea></main><base href="https://evil.example">`,
].join(" ");

describe("hostile content", function () {
  this.timeout(120_000);
  const open = useRunPages();
  let opened: RunPage;
  const show = async (snapshot: RunSnapshot): Promise<RunPage> => (opened = await open({ snapshot }));

  const finding = {
    code: payload,
    severity: "blocker",
    title: payload,
    explanation: payload,
    remedy: payload,
    evidence: [payload, payload],
    sdk: [payload],
    fixes: [{ id: payload, label: payload, detail: payload }],
  } as const;
  const exchange = {
    method: payload,
    url: payload,
    requestHeaders: { [payload]: payload },
    requestBody: payload,
    status: 200,
    replyHeaders: { [payload]: payload },
    replyBody: JSON.stringify({ [payload]: [payload] }),
    fault: payload,
    role: "rung",
    durationMs: 1,
  } as const;
  const head = {
    endpointName: payload,
    baseUrl: payload,
    model: payload,
    machine: payload,
    key: payload,
    input: payload,
  };
  const rest = {
    answer: payload,
    reasoning: payload,
    findings: [finding],
    end: { ...finished, finishReason: payload },
  };
  const rungs = ladderOf("failed", "running").map((rung) => ({
    ...rung,
    label: payload,
    evidence: [payload],
    variations: [{ what: payload, outcome: payload, worked: "no" as const }],
    exchanges: [exchange, { ...exchange, replyBody: payload }],
  }));
  const tested = { endpointId: payload, name: payload, text: payload, model: payload, durationMs: 1 };
  const runs: readonly RunSnapshot[] = [
    runOf({ ...head, kind: "chat" }, rest),
    runOf({ ...head, kind: "embedding" }, { ...rest, vector }),
    runOf({ ...head, kind: "test" }, { ...rest, rungs, verdict: { tone: "bad", text: payload } }),
    runOf({ ...head, kind: "tests" }, { tests: [{ ...tested, state: "failed" }], end: finished }),
  ];
  for (const snapshot of runs) {
    it(`is text and nothing else, everywhere in a ${snapshot.head.kind}`, async () => {
      const { page } = await show(snapshot);
      await page.locator(".finding, .tested").first().waitFor();
      if (snapshot.head.kind === "chat") {
        // Drawn in frames of its own, and loaded after the rest.
        await page.locator(".answer", { hasText: "gnp.exe" }).waitFor();
        await page.getByRole("textbox", { name: "Your reply" }).waitFor();
      }
      await unfoldAll(page);
      await page.waitForTimeout(200);
      const alien = await page
        .locator(
          "#root :is(img, script, iframe, base, object, embed, form:not(.composer), input, style, [style], [onerror], [onload])",
        )
        .count();
      assert.equal(alien, 0);
      const links = await page
        .locator("#root a")
        .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
      assert.ok(
        links.every((link) => /^https:\/\//.test(link)),
        links.join(" "),
      );
      const shown = await page.locator("#root").innerText();
      assert.doesNotMatch(shown, /[\0\x1b\u202A-\u202E\u2066-\u2069]/);
      assert.match(shown, /\[U\+202E\]gnp\.exe/);
    });
  }

  it("keeps ids apart from the text around them", async () => {
    const { page } = await show(runOf({ model: "مرحبا/نموذج" }));
    const model = page.locator("bdi", { hasText: "نموذج" });
    const [url, machine] = await Promise.all([
      page.getByText("http://localhost:30000/v1").boundingBox(),
      page.getByText("this computer").boundingBox(),
    ]);
    const middle = await model.boundingBox();
    assert.ok(url!.x < middle!.x && middle!.x < machine!.x);
  });

  const floods: readonly { readonly name: string; readonly answer: string; readonly end: string }[] = [
    { name: "a line of 1 MB", answer: "word ".repeat(200_000), end: "word" },
    {
      name: "a line of 1 MB in a fence",
      answer: `\`\`\`\n${"x".repeat(1_000_000)}\n\`\`\`\nend`,
      end: "end",
    },
    { name: "10,000 fences", answer: "```js\nlet a = 1;\n```\n\n".repeat(10_000) + "end", end: "end" },
    {
      name: "a list of 20,000 items",
      answer: "- item *with* `code`\n".repeat(20_000) + "\n\nend",
      end: "end",
    },
    {
      name: "10,000 open brackets",
      answer: "[".repeat(10_000) + "*_`".repeat(5_000) + "\n\nend",
      end: "end",
    },
    { name: "10,000 levels of quotation", answer: ">".repeat(10_000) + " deep\n\nend", end: "end" },
  ];
  for (const { name, answer, end } of floods) {
    it(`stays responsive under ${name}`, async () => {
      const { page } = await show(runOf({}));
      appendLong(opened, answer);
      await eventuallyInPage(
        page,
        `document.querySelector(".answer")?.textContent.trim().endsWith(${JSON.stringify(end)})`,
        // A busy machine draws such a flood for many seconds; what counts is the click below.
        90_000,
      );
      await page.locator("header button", { hasText: "Stop" }).click();
      await eventually(() => opened.asked.at(-1)?.name === "run/stop");
    });
  }

  it("copies a long closed fence whole", async () => {
    const code = "x = 1\n".repeat(30_000);
    const { page } = await show(runOf({}, { answer: `\`\`\`python\n${code}\`\`\`\n`, end: finished }));
    await eventuallyInPage(
      page,
      `document.querySelector(".answer code")?.textContent.length === ${code.length}`,
    );
    await page.locator(".code").getByRole("button", { name: "Copy" }).click();
    await page.locator(".code").getByRole("button", { name: "Copied" }).waitFor();
    assert.deepEqual(opened.asked.at(-1)?.params, { text: code });
  });
});
