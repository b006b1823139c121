import type { Browser } from "playwright-core";
import type { RequestHandlers } from "../../../src/shared/link.ts";
import type { RunPanelContract, RunSnapshot } from "../../../src/shared/runPanel.ts";
import { type OpenedPage, openPage, type PageOptions } from "./openPage.ts";
import type { Site } from "./site.ts";

export type RunPage = OpenedPage<RunPanelContract>;

export interface RunPageOptions extends PageOptions {
  readonly snapshot?: RunSnapshot | null;
  readonly handlers?: Partial<RequestHandlers<RunPanelContract>>;
}

export async function openRunPage(
  browser: Browser,
  site: Site,
  options: RunPageOptions = {},
): Promise<RunPage> {
  const done = (): Promise<null> => Promise.resolve(null);
  return openPage<RunPanelContract>(browser, site, options, () => ({
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
  }));
}
