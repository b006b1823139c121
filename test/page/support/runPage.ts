import type { Browser, Page } from "playwright-core";
import { openHostEnd, type HostEnd, type RequestHandlers } from "../../../src/shared/link.ts";
import type { RunPanelContract, RunSnapshot } from "../../../src/shared/runPanel.ts";
import type { PageLook, Site } from "./site.ts";

export interface Asked {
  readonly name: keyof RunPanelContract["requests"];
  readonly params: unknown;
}

/** A page with the test as its host, over the real link. */
export interface RunPage {
  readonly page: Page;
  readonly host: HostEnd<RunPanelContract>;
  readonly asked: readonly Asked[];
  /** Violations of the security policy, uncaught errors, requests to anywhere else, dialogs and navigations. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

export interface RunPageOptions {
  readonly look?: Partial<PageLook>;
  readonly snapshot?: RunSnapshot | null;
  readonly handlers?: Partial<RequestHandlers<RunPanelContract>>;
  readonly size?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: "reduce" | "no-preference";
}

const inPage = `
  globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => globalThis.toHost(message) });
  addEventListener("securitypolicyviolation", (event) => globalThis.toTest("policy: " + event.violatedDirective + " " + event.blockedURI));
`;

export async function openRunPage(
  browser: Browser,
  site: Site,
  options: RunPageOptions = {},
): Promise<RunPage> {
  const look: PageLook = { theme: "dark", language: "en", texts: {}, ...options.look };
  const page = await browser.newPage({
    viewport: options.size ?? { width: 720, height: 640 },
    reducedMotion: options.reducedMotion ?? "reduce",
  });
  const url = site.urlOf(look);
  const troubles = await watchTroubles(page, url);
  const asked: Asked[] = [];
  const host = await connectHost(page, asked, options);
  await page.addInitScript({ content: inPage });
  await page.goto(url);
  await page.waitForSelector("#root > *");
  return { page, host, asked, troubles, close: () => page.close() };
}

async function watchTroubles(page: Page, url: string): Promise<string[]> {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && troubles.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", () => troubles.push("a new window"));
  page.on("framenavigated", (frame) => frame.url() !== url && troubles.push(`navigation: ${frame.url()}`));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(url).host && !request.url().startsWith("data:")) {
      troubles.push(`request: ${request.url()}`);
    }
  });
  await page.exposeFunction("toTest", (trouble: string) => troubles.push(trouble));
  return troubles;
}

async function connectHost(
  page: Page,
  asked: Asked[],
  options: RunPageOptions,
): Promise<HostEnd<RunPanelContract>> {
  const listeners: ((message: unknown) => void)[] = [];
  await page.exposeFunction("toHost", (message: unknown) =>
    listeners.forEach((listener) => listener(message)),
  );
  const done = (): Promise<null> => Promise.resolve(null);
  const handlers: RequestHandlers<RunPanelContract> = {
    "page/ready": () => Promise.resolve(options.snapshot ?? null),
    "run/stop": done,
    "run/again": done,
    "run/copy": done,
    "report/copy": done,
    "report/show": done,
    "fix/apply": done,
    "link/open": done,
    "code/copy": done,
    ...options.handlers,
  };
  listeners.push((message) => asked.push(askedOf(message)));
  return openHostEnd<RunPanelContract>(
    {
      post: (message) =>
        void page.evaluate(`postMessage(${JSON.stringify(message)}, "*")`).catch(() => undefined),
      listen: (receive) => {
        listeners.push(receive);
        return () => undefined;
      },
    },
    handlers,
  );
}

function askedOf(message: unknown): Asked {
  const { name, value } = message as { name: Asked["name"]; value: unknown };
  return { name, params: value };
}
