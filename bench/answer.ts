/**
 * A 10,000-token answer in pieces of 20 characters, four pieces a frame, drawn by the page's answer view in headless
 * Chromium, against markdown-it over the whole text with every piece; the answer view at 20,000 tokens against 10,000; and
 * against the same text appended line by line as text: to one <pre>, and as one <pre> a line, which is the cheapest there
 * is. The figure is the CPU time of the page's main thread, script, style, layout and paint, as the browser counts it, less
 * what as many frames take in which nothing is drawn: to ask for them and to say that they have come is the bench's own.
 * Last, late in a long answer, what a frame costs the whole page (answerPage.ts), and how many messages it takes.
 */
import { build } from "esbuild";
import type { Browser, CDPSession, Page } from "playwright-core";
import { inProject } from "../dev/paths.ts";
import { lateInAnswer, messagesInFrame } from "./answerPage.ts";
import { answerText } from "./answerText.ts";
import { busySeconds, launchQuiet } from "./browser.ts";
import { measured, type Figure, type Suite } from "./figure.ts";

/** By the names that page/answer.mjs knows. */
type Way =
  | "answer view"
  | "lines in a <pre>"
  | "a <pre> a line"
  | "markdown-it anew with every piece"
  | "empty frames";

const pieceLength = 20;
const piecesInFrame = 4;
const charactersInToken = 4;
const text = answerText(10_000 * charactersInToken);
const twiceTheText = answerText(20_000 * charactersInToken);
const rounds = 3;
/** It takes many times as long as all the others together. */
const slowRounds = 1;

export const answer: Suite = {
  name: "answer",
  title: "an answer drawn in the page as it streams in",
  run: async () => [...(await drawn()), ...(await lateInAnswer()), await messagesInFrame()],
};

async function drawn(): Promise<readonly Figure[]> {
  const browser = await launchUnlimited();
  try {
    const drawing = await openDrawing(browser);
    const times: Times[] = [];
    for (let round = -1; round < rounds; round++) {
      const one = await drawRound(drawing, round);
      if (round >= 0) times.push(one);
    }
    return figuresOf(times);
  } finally {
    await browser.close();
  }
}

type Times = {
  readonly view: number;
  readonly lines: number;
  readonly blocks: number;
  readonly viewOfTwice: number;
  readonly empty: number;
  readonly anew?: number;
};

/** Every other round the other way round, so that neither always comes first. */
async function drawRound({ cpuMs }: Drawing, round: number): Promise<Times> {
  const works: readonly (readonly [keyof Times, Way, string])[] = [
    ["view", "answer view", text],
    ["lines", "lines in a <pre>", text],
    ["blocks", "a <pre> a line", text],
    ["viewOfTwice", "answer view", twiceTheText],
    ["empty", "empty frames", text],
    ...(round >= 0 && round < slowRounds
      ? [["anew", "markdown-it anew with every piece", text] as const]
      : []),
  ];
  const times: Times = { view: 0, lines: 0, blocks: 0, viewOfTwice: 0, empty: 0 };
  for (const [key, way, shown] of round % 2 === 0 ? works : works.toReversed()) {
    Object.assign(times, { [key]: await cpuMs(way, shown) });
  }
  return drawnAlone(times);
}

/** Without the frames themselves. */
function drawnAlone({ view, lines, blocks, viewOfTwice, empty, anew }: Times): Times {
  const drawn = { view: view - empty, lines: lines - empty, blocks: blocks - empty, empty };
  const ofTwice = viewOfTwice - (empty * twiceTheText.length) / text.length;
  return { ...drawn, viewOfTwice: ofTwice, ...(anew === undefined ? {} : { anew: anew - empty }) };
}

/** What the answer view is held to: a twentieth of a full re-parse, and hardly more than in proportion to the length. */
const limits = { ofAnew: 1 / 20, ofHalf: 2.6 };

function figuresOf(times: readonly Times[]): readonly Figure[] {
  const figure = (what: string, against: string, of: (each: Times) => number, limit?: number): Figure => {
    const unit = against === "" ? "ms" : "times";
    const values = times.map(of).filter((value) => !Number.isNaN(value));
    const held = limit === undefined ? {} : { limit };
    return { suite: "answer", what, against, unit, ...measured(values), ...held };
  };
  const frames = text.length / pieceLength / piecesInFrame;
  const [view, lines, blocks] = ["answer view", "lines in a <pre>", "a <pre> a line"] as const;
  const anew = "markdown-it anew with every piece";
  return [
    figure(view, anew, (each) => each.view / (each.anew ?? Number.NaN), limits.ofAnew),
    figure(`${view} at 20,000 tokens`, "at 10,000", (each) => each.viewOfTwice / each.view, limits.ofHalf),
    figure(view, lines, (each) => each.view / each.lines),
    figure(view, blocks, (each) => each.view / each.blocks),
    figure(`(${view}, a frame)`, "", (each) => each.view / frames),
    figure(`(${lines}, a frame)`, "", (each) => each.lines / frames),
    figure(`(${blocks}, a frame)`, "", (each) => each.blocks / frames),
    figure("(an empty frame, in none of these)", "", (each) => each.empty / frames),
  ];
}

/** Draws as many frames a second as it can: at 60 a second most of the time would be waiting. */
async function launchUnlimited(): Promise<Browser> {
  return launchQuiet(["--disable-frame-rate-limit"]);
}

type Drawing = { readonly cpuMs: (way: Way, text: string) => Promise<number> };

async function openDrawing(browser: Browser): Promise<Drawing> {
  const page = await browser.newPage({ viewport: { width: 720, height: 640 } });
  await page.setContent('<!doctype html><body class="vscode-dark"><main id="root"></main></body>');
  const { script, style } = await bundle();
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return { cpuMs: (way, shown) => draw(page, session, way, shown) };
}

async function draw(page: Page, session: CDPSession, way: Way, shown: string): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const before = await busySeconds(session);
  const asked = JSON.stringify({ way, text: shown, pieceLength, piecesInFrame });
  const characters = await page.evaluate<number>(`drawAnswer(${asked})`);
  const after = await busySeconds(session);
  if (way !== "empty frames" && characters < shown.replace(/\s/g, "").length * 0.8) {
    throw new Error(`"${way}" has drawn only ${characters} characters.`);
  }
  return (after - before) * 1000;
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
    build({ ...common, entryPoints: ["bench/page/answer.mjs"], format: "iife", target: "es2022" }),
    build({ ...common, entryPoints: ["src/webview/run/main.css"], external: ["*.ttf", "*.svg", "*.png"] }),
  ]);
  return { script: script.outputFiles[0]?.text ?? "", style: style.outputFiles[0]?.text ?? "" };
}
