import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Contract } from "../../../src/shared/link.ts";
import { sharedChromium } from "../../support/sharedChromium.ts";
import type { OpenedPage } from "./openPage.ts";
import { openRunPage, type RunPage, type RunPageOptions } from "./runPage.ts";
import { startSite, type PageName, type Site } from "./site.ts";
import { openUsagePage, type UsagePage, type UsagePageOptions } from "./usagePage.ts";

/**
 * For the `describe` it is called in: opens run pages in the suite's browser, with `usual` where a test says nothing
 * else. After each test they are closed, and what troubled one of them fails the test.
 */
export function useRunPages(usual: RunPageOptions = {}): (options?: RunPageOptions) => Promise<RunPage> {
  const open = usePages("run", openRunPage);
  return (options = {}) =>
    open({ ...usual, ...options, handlers: { ...usual.handlers, ...options.handlers } });
}

/** The same for pages of the usage report. */
export function useUsagePages(): (options: UsagePageOptions) => Promise<UsagePage> {
  return usePages("usage", openUsagePage);
}

function usePages<C extends Contract, O>(
  name: PageName,
  openIn: (browser: Browser, site: Site, options: O) => Promise<OpenedPage<C>>,
): (options: O) => Promise<OpenedPage<C>> {
  let open: OpenedPage<C>[] = [];
  before(async () => Promise.all([sharedChromium(), sharedSite(name)]));
  afterEach(async () => {
    const opened = open;
    open = [];
    await Promise.all(opened.map(({ close }) => close()));
    assert.deepEqual(
      opened.flatMap(({ troubles }) => troubles),
      [],
    );
  });
  return async (options) => {
    const opened = await openIn(await sharedChromium(), await sharedSite(name), options);
    open.push(opened);
    return opened;
  };
}

/** Bundled once for all files. */
function sharedSite(name: PageName): Promise<Site> {
  const site = sites.get(name) ?? startSite(name);
  sites.set(name, site);
  return site;
}

const sites = new Map<PageName, Promise<Site>>();

after(async () => {
  for (const site of sites.values()) await (await site).close();
});
