import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser, Frame, Locator, Page } from "playwright-core";
import { inProject } from "../paths.ts";
import { Trouble } from "../trouble.ts";
import { launchChromium } from "./chromium.ts";
import type { Settings, VsCodeServer } from "./server.ts";

/** How a window looks and what it shows. */
export type WindowOptions = {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  readonly theme?: "light" | "dark" | "hc";
  /** The display language of the editor's extensions; the editor's own texts stay English. */
  readonly locale?: "en" | "zh-cn";
  readonly settings?: Settings;
  readonly width?: number;
  readonly height?: number;
  /** A browser of the caller's, which then outlives the window. */
  readonly browser?: Browser;
};

/** One row of a tree view, as a person sees it. */
type TreeRow = { readonly label: string; readonly description: string; readonly level: number };

/** A real VS Code window in a headless browser. Everything waits up to 20 seconds for what it needs. */
export type EditorWindow = {
  readonly page: Page;
  readonly server: VsCodeServer;
  /** Runs a command by its title in the palette, category included: `Qwen: Test All Endpoints`. */
  readonly runCommand: (title: string) => Promise<void>;
  /** By a part of its name. */
  readonly openFile: (name: string) => Promise<void>;
  /** Shows a view container by its name in the activity bar. */
  readonly showContainer: (name: string) => Promise<void>;
  /** The rows of a view that are in sight, from the top. */
  readonly treeRows: (view: string) => Promise<readonly TreeRow[]>;
  /** One row of a view by (a part of) its label, to click, hover or open its context menu. */
  readonly treeRow: (view: string, label: string) => Locator;
  /** The page of the webview that holds this selector. */
  readonly webviewWith: (selector: string) => Promise<Frame>;
  /** Presses keys one after the other, named as in Playwright: `Control+K`, `Enter`. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Types into the open quick pick or input box and accepts it. */
  readonly answerQuickInput: (text: string) => Promise<void>;
  /** Edits the settings by hand, as it were, and resolves when the editor has them. `undefined` removes a key. */
  readonly changeSettings: (changes: Settings) => Promise<void>;
  /** Writes docs/pictures/NAME.png, of the whole window or of one part. */
  readonly picture: (name: string, part?: Locator) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Today's names: given an old one (`Default Dark Modern`) the editor rewrites its settings file, over our changes. */
const themes = {
  light: "Light Modern",
  dark: "Dark Modern",
  hc: "Default High Contrast",
};
const patience = { timeout: 20_000 };

/** Opens a window on a running server and resolves when a person could use it. */
export async function openWindow(server: VsCodeServer, options: WindowOptions): Promise<EditorWindow> {
  const theme = options.theme ?? "dark";
  server.changeSettings({ "workbench.colorTheme": themes[theme], ...options.settings });
  const browser = options.browser ?? (await launchChromium());
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    ...(theme === "hc" ? { forcedColors: "none" as const } : {}),
    colorScheme: theme === "light" ? "light" : "dark",
    // Without, an extension that reads the clipboard waits for a person.
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience.timeout);
  await page.addInitScript(fixLanguage, options.locale ?? "en");
  await page.goto(`${server.origin}/?folder=${encodeURIComponent(options.folder)}`);
  await untilUsable(page, server);
  const close = async (): Promise<void> => {
    await context.close();
    if (options.browser === undefined) await browser.close();
  };
  return { page, server, close, changeSettings: settingsEditor(page, server), ...actions(page) };
}

/** Runs in the page before the editor: it would set the language of its language pack, of which there is none. */
function fixLanguage(locale: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => locale, set: () => undefined });
}

async function untilUsable(page: Page, server: VsCodeServer): Promise<void> {
  try {
    await page.locator(".monaco-workbench .part.activitybar .action-item").first().waitFor();
    await page.locator(".statusbar-item").first().waitFor();
    await page.locator(".explorer-folders-view .monaco-list").first().waitFor({ state: "attached" });
  } catch {
    throw new Trouble(
      `The VS Code window did not become usable within 20 seconds. The server says:\n${server.log()}`,
    );
  }
}

/**
 * Edits the settings files until the window has taken the edit up, which its title shows: the editor begins to watch
 * them some time after the window can be used, and an edit before that is lost to it (seen on VS Code 1.139).
 */
function settingsEditor(page: Page, server: VsCodeServer): EditorWindow["changeSettings"] {
  let edits = 0;
  return async (changes) => {
    edits += 1;
    const title = `after edit ${edits} of the settings`;
    const deadline = performance.now() + patience.timeout;
    do {
      server.changeSettings({ ...changes, "window.title": title });
      const half = performance.now() + 500;
      while (performance.now() < half) {
        if ((await page.title()) === title) return;
        await page.waitForTimeout(25);
      }
    } while (performance.now() < deadline);
    throw new Trouble("The VS Code window did not take up an edit of its settings within 20 seconds.");
  };
}

type Actions = Omit<EditorWindow, "page" | "server" | "close" | "changeSettings">;

function actions(page: Page): Actions {
  const input = page.locator(quickInput).first();
  const view = (name: string): Locator =>
    page.locator(`.monaco-list[role="tree"][aria-label^="${name}"]`).first();
  const row = (name: string, label: string): Locator =>
    view(name).locator(".monaco-list-row").filter({ hasText: label }).first();
  return {
    runCommand: async (title) => {
      // Clicked, not entered: the first row need not be the one whose title is the very same.
      const found = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
      await typeInQuickInput(page, "F1", `>${title}`, found);
      await found.click();
    },
    openFile: async (name) => {
      const found = page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
      await typeInQuickInput(page, "Control+P", name, found);
      await found.click();
    },
    showContainer: async (name) => {
      const item = page.locator(`.activitybar .action-item:has([aria-label^="${name}"])`).first();
      await item.waitFor();
      if ((await item.getAttribute("class"))?.includes("checked") !== true) await item.click();
      // Away from the icon, or its tooltip is in every picture.
      await page.mouse.move(640, 400);
    },
    treeRows: async (name) => readRows(view(name)),
    treeRow: row,
    webviewWith: async (selector) => findWebview(page, selector),
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    answerQuickInput: async (text) => {
      await input.waitFor();
      // The palette goes on showing its own input until the command opens another.
      while ((await input.inputValue()).startsWith(">")) await page.waitForTimeout(20);
      await input.fill(text);
      await page.keyboard.press("Enter");
    },
    picture: async (name, part) => {
      const path = inProject("docs", "pictures", `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await (part ?? page).screenshot({ path, animations: "disabled", caret: "hide" });
    },
  };
}

/**
 * Until it shows what is wanted: a key that comes while the focus moves is lost, and when something else takes the focus the
 * quick input closes.
 */
async function typeInQuickInput(page: Page, key: string, text: string, found: Locator): Promise<void> {
  const input = page.locator(quickInput).first();
  const deadline = performance.now() + patience.timeout;
  for (;;) {
    await page.keyboard.press(key);
    try {
      await input.fill(text, { timeout: quickInputMs });
      await found.waitFor({ timeout: quickInputMs });
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

const quickInput = ".quick-input-widget:visible input";
/** Milliseconds after which one that does not show what was typed counts as closed. */
const quickInputMs = 4_000;

async function readRows(view: Locator): Promise<readonly TreeRow[]> {
  const rows = view.locator(".monaco-list-row");
  await rows.first().waitFor();
  const found = await rows.evaluateAll((elements: readonly RowElement[]) =>
    elements.map((row) => ({
      top: Number.parseFloat(row.style.top),
      label: row.querySelector(".label-name")?.textContent ?? "",
      description: row.querySelector(".label-description")?.textContent ?? "",
      level: Number(row.getAttribute("aria-level")),
    })),
  );
  const sorted = found.toSorted((a, b) => a.top - b.top);
  return sorted.map(({ label, description, level }) => ({ label, description, level }));
}

/** What is used of a DOM element here; the scripts are compiled without the DOM's types. */
type RowElement = {
  readonly style: { readonly top: string };
  readonly querySelector: (selector: string) => { readonly textContent: string | null } | null;
  readonly getAttribute: (name: string) => string | null;
};

/** A webview's page is the inner of two frames; the outer one belongs to the editor. */
async function findWebview(page: Page, selector: string): Promise<Frame> {
  const deadline = performance.now() + patience.timeout;
  while (performance.now() < deadline) {
    for (const frame of page.frames().filter((each) => each.parentFrame()?.url().includes("/webview/"))) {
      if (
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(
    `No webview holds ${selector}; frames: ${page
      .frames()
      .map((frame) => frame.url())
      .join(", ")}`,
  );
}
