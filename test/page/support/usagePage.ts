import type { Browser } from "playwright-core";
import type { RequestHandlers } from "../../../src/shared/link.ts";
import type { UsagePanelContract, UsageState } from "../../../src/shared/usagePanel.ts";
import { type OpenedPage, openPage, type PageOptions } from "./openPage.ts";
import type { Site } from "./site.ts";

export type UsagePage = OpenedPage<UsagePanelContract>;

export interface UsagePageOptions extends PageOptions {
  /** What the host has to tell when the page asks. */
  readonly state: UsageState;
  readonly handlers?: Partial<RequestHandlers<UsagePanelContract>>;
}

export async function openUsagePage(
  browser: Browser,
  site: Site,
  { state, handlers, ...options }: UsagePageOptions,
): Promise<UsagePage> {
  const done = (): Promise<null> => Promise.resolve(null);
  return openPage<UsagePanelContract>(browser, site, options, (emit) => ({
    "page/ready": () => {
      emit("usage/changed", state);
      return Promise.resolve(null);
    },
    "usage/read": done,
    "usage/stop": done,
    "usage/exportTable": () => Promise.resolve("written"),
    "usage/exportLines": () => Promise.resolve("written"),
    "settings/open": done,
    ...handlers,
  }));
}
