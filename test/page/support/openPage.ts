import type { Browser, Page } from "playwright-core";
import { type Contract, openHostEnd, type HostEnd, type RequestHandlers } from "../../../src/shared/link.ts";
import type { PageLook, Site } from "./site.ts";

export interface Asked<C extends Contract> {
  readonly name: keyof C["requests"];
  readonly params: unknown;
}

/** A page with the test as its host, over the real link. */
export interface OpenedPage<C extends Contract> {
  readonly page: Page;
  readonly host: HostEnd<C>;
  readonly asked: readonly Asked<C>[];
  /** Violations of the security policy, uncaught errors, requests to anywhere else, dialogs and navigations. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

export interface PageOptions {
  readonly look?: Partial<PageLook>;
  readonly size?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Of the person's machine. */
  readonly timeZone?: string;
}

const inPage = `
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => globalThis.toHost(message),
    getState: () => JSON.parse(sessionStorage.getItem("state") ?? "{}"),
    setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
  });
  addEventListener("securitypolicyviolation", (event) => globalThis.toTest("policy: " + event.violatedDirective + " " + event.blockedURI));
`;

export async function openPage<C extends Contract>(
  browser: Browser,
  site: Site,
  options: PageOptions,
  handlersOf: (emit: HostEnd<C>["emit"]) => RequestHandlers<C>,
): Promise<OpenedPage<C>> {
  const look: PageLook = { theme: "dark", language: "en", texts: {}, ...options.look };
  const page = await browser.newPage({
    viewport: options.size ?? { width: 720, height: 640 },
    reducedMotion: options.reducedMotion ?? "reduce",
    ...(options.timeZone === undefined ? {} : { timezoneId: options.timeZone }),
  });
  const url = site.urlOf(look);
  const troubles = await watchTroubles(page, url);
  const asked: Asked<C>[] = [];
  const host = await connectHost(page, asked, handlersOf);
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

async function connectHost<C extends Contract>(
  page: Page,
  asked: Asked<C>[],
  handlersOf: (emit: HostEnd<C>["emit"]) => RequestHandlers<C>,
): Promise<HostEnd<C>> {
  const listeners: ((message: unknown) => void)[] = [];
  await page.exposeFunction("toHost", (message: unknown) =>
    listeners.forEach((listener) => listener(message)),
  );
  listeners.push((message) => asked.push(askedOf(message)));
  const host: HostEnd<C> = openHostEnd<C>(
    {
      post: (message) =>
        void page.evaluate(`postMessage(${JSON.stringify(message)}, "*")`).catch(() => undefined),
      listen: (receive) => {
        listeners.push(receive);
        return () => undefined;
      },
    },
    handlersOf((name, event) => host.emit(name, event)),
  );
  return host;
}

function askedOf<C extends Contract>(message: unknown): Asked<C> {
  const { name, value } = message as { name: keyof C["requests"]; value: unknown };
  return { name, params: value };
}
