import { rmSync } from "node:fs";
import type { Page } from "playwright-core";
import { inProject } from "../paths.ts";
import { temporaryFolder } from "../temporary.ts";
import { Trouble } from "../trouble.ts";
import { launchChromium } from "../workbench/chromium.ts";
import { startServer, type VsCodeServer } from "../workbench/server.ts";
import { readResults } from "./mocha.ts";
import type { Say, SuiteResult } from "./result.ts";

const patienceMs = 900_000;
const testMark = "[test] ";
/** A test types into the window by printing this and the text: no API answers an input box. */
const typeMark = "[type] ";

/** Runs out/test/host in the extension host of a real VS Code, with this project as the extension under development. */
export async function runHostSuite(say: Say): Promise<SuiteResult> {
  const results = inProject("out", "test", "host", "results.json");
  rmSync(results, { force: true });
  const server = await startServer({ extensionTests: "allowed", say });
  try {
    const browser = await launchChromium(say);
    try {
      const code = await runInWindow(
        await browser.newPage({ permissions: ["clipboard-read", "clipboard-write"] }),
        server,
        say,
      );
      return readResults(results, code, say);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

async function runInWindow(page: Page, server: VsCodeServer, say: Say): Promise<number> {
  const editorLines: string[] = [];
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
  });
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    const line = args.map(asText).join(" ");
    if (line.startsWith(testMark)) say(line.slice(testMark.length));
    else if (line.startsWith(typeMark)) void answerInput(page, line.slice(typeMark.length));
    else editorLines.push(line);
  });
  await page.goto(testAddress(server));
  const late = new Promise<number>((_, reject) => {
    const message = `The extension host did not finish its tests in ${patienceMs / 1000} s.`;
    setTimeout(
      () => reject(new Trouble([message, ...editorLines.slice(-30)].join("\n"))),
      patienceMs,
    ).unref();
  });
  const code = await Promise.race([exit, late]);
  if (code !== 0) for (const line of editorLines.filter(isError).slice(-20)) say(line);
  return code;
}

async function answerInput(page: Page, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.waitFor();
  await input.fill(text);
  await input.press("Enter");
}

function isError(line: string): boolean {
  return /error/i.test(line) && !/AgentHost|Service Worker/.test(line);
}

/** The folder, the extension and its tests as the server's own file names. */
function testAddress(server: VsCodeServer): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(inProject())],
    ["extensionTestsPath", remote(inProject("out", "test", "host", "index.cjs"))],
  ];
  const query = new URLSearchParams({
    folder: temporaryFolder("workspace").path,
    payload: JSON.stringify(payload),
  });
  return `${server.origin}/?${query.toString()}`;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
