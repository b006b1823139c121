/**
 * The run panel's whole page late in a 20,000-token answer, at 200 tokens a second and 60 frames a second: CPU time of its
 * main thread a frame. And the host's side of the same stream: messages to the page a frame.
 */
import { build } from "esbuild";
import type { CDPSession, Page } from "playwright-core";
import { inProject } from "../dev/paths.ts";
import { createRedactor } from "../src/core/diagnosis/redact.ts";
import { RunSession } from "../src/ui/panel/runSession.ts";
import { answerText } from "./answerText.ts";
import { busySeconds, launchQuiet } from "./browser.ts";
import { measured, type Figure } from "./figure.ts";

const charactersInToken = 4;
const tokensPerSecond = 200;
const text = answerText(20_000 * charactersInToken);
const seconds = 5;
const lateLength = seconds * tokensPerSecond * charactersInToken;
/** As often as the host sends (src/ui/panel/runSession.ts). */
const messageMs = 33;
const frameMs = 1_000 / 60;
const limits = { frame: 8, messages: 1 };

const head = {
  runId: "run",
  kind: "chat",
  startedAtMs: 0,
  endpointName: "bench",
  baseUrl: "http://localhost:8000/v1",
  model: "bench",
  machine: "this computer",
  input: "",
} as const;

/** The mean over five seconds, and the busiest of them. */
export async function lateInAnswer(): Promise<readonly Figure[]> {
  const browser = await launchQuiet();
  try {
    const page = await browser.newPage({ viewport: { width: 720, height: 640 } });
    await openPage(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const times: number[] = [];
    const before = await charactersDrawn(page);
    for (let second = 0; second < seconds; second++) {
      times.push(await frameOfSecond(page, session, second));
    }
    await mustHaveDrawn(page, before);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const of = (what: string, value: number): Figure => ({
      suite: "answer",
      what,
      against: "",
      unit: "ms",
      ...measured([value]),
      limit: limits.frame,
    });
    return [
      of("a frame late in 20,000 tokens, 200 tokens a second", mean),
      of("(the same in the busiest second)", Math.max(...times)),
    ];
  } finally {
    await browser.close();
  }
}

function charactersDrawn(page: Page): Promise<number> {
  return page.evaluate<number>(`document.querySelector(".answer").textContent.replace(/\\s/g, "").length`);
}

/** A page that drew nothing, or was not at its end, would be measured as quick. */
async function mustHaveDrawn(page: Page, before: number): Promise<void> {
  const drawn = (await charactersDrawn(page)) - before;
  const distance = await page.evaluate<number>(
    "document.documentElement.scrollHeight - innerHeight - scrollY",
  );
  if (drawn < lateLength * 0.6 || distance > 32) {
    throw new Error(`The page has drawn ${drawn} characters and is ${distance} pixels from its end.`);
  }
}

async function openPage(page: Page): Promise<void> {
  const { script, style } = await bundle();
  await page.setContent(
    '<!doctype html><body class="vscode-dark"><main id="root" data-l10n="{}"></main></body>',
  );
  await page.addStyleTag({ content: style });
  const before = {
    head,
    answer: text.slice(0, text.length - lateLength),
    reasoning: "",
    rungs: [],
    findings: [],
  };
  await page.evaluate(`
    globalThis.acquireVsCodeApi = () => ({
      getState: () => undefined,
      setState: () => undefined,
      postMessage: ({ id }) => postMessage({ type: "reply", id, value: ${JSON.stringify(before)} }, "*"),
    });
    globalThis.say = (text) => postMessage({ type: "event", name: "run/appended", value: { runId: "run", answer: text, reasoning: "" } }, "*");
  `);
  await page.addScriptTag({ content: script });
  await page.locator(".answer").waitFor({ timeout: 60_000 });
  // Drawn, when nothing more is added for a while.
  const drawn = (): Promise<number> => page.evaluate<number>("document.body.textContent.length");
  for (let length = -1; length !== (await drawn());) {
    length = await drawn();
    await page.waitForTimeout(1_000);
  }
  await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
  await page.waitForTimeout(500);
}

async function frameOfSecond(page: Page, session: CDPSession, second: number): Promise<number> {
  const from = text.length - lateLength + (second * lateLength) / seconds;
  const said = JSON.stringify(text.slice(from, from + lateLength / seconds));
  const before = await busySeconds(session);
  const frames = await page.evaluate<number>(`new Promise((resolve) => {
    const text = ${said};
    let frames = 0;
    let at = 0;
    const started = performance.now();
    const timer = setInterval(() => {
      const due = Math.min(text.length, Math.floor(((performance.now() - started) / 1000) * text.length));
      if (due > at) say(text.slice(at, due));
      at = due;
      if (at === text.length) {
        clearInterval(timer);
        resolve(frames);
      }
    }, ${messageMs});
    const count = () => { frames += 1; if (at < text.length) requestAnimationFrame(count); };
    requestAnimationFrame(count);
  })`);
  return (((await busySeconds(session)) - before) * 1_000) / frames;
}

async function bundle(): Promise<{ readonly script: string; readonly style: string }> {
  const common = {
    absWorkingDir: inProject(),
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
  } as const;
  const [script, style] = await Promise.all([
    build({
      ...common,
      entryPoints: ["src/webview/run/main.tsx"],
      format: "iife",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
    }),
    build({ ...common, entryPoints: ["src/webview/run/main.css"], external: ["*.ttf", "*.svg", "*.png"] }),
  ]);
  return { script: script.outputFiles[0]?.text ?? "", style: style.outputFiles[0]?.text ?? "" };
}

/** The most messages that fell into one frame of the page, with a token every five milliseconds for two seconds. */
export async function messagesInFrame(): Promise<Figure> {
  const sent: number[] = [];
  const session = new RunSession(head, () => sent.push(performance.now()), createRedactor());
  sent.length = 0;
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      session.take({ kind: "answer", text: "word" });
      if (performance.now() - started > 2_000) {
        clearInterval(timer);
        resolve();
      }
    }, 1_000 / tokensPerSecond);
  });
  const most = sent.map((at) => sent.filter((other) => other >= at && other < at + frameMs).length);
  return {
    suite: "answer",
    what: "messages to the page in a frame",
    against: "",
    unit: "",
    ...measured([Math.max(...most)]),
    limit: limits.messages,
  };
}
