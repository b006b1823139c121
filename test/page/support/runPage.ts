import type { Browser } from "playwright-core";
import type { ChatDraft } from "../../../src/core/chat/chatDraft.ts";
import type { RequestHandlers } from "../../../src/shared/link.ts";
import type { RunList, RunPanelContract, RunSnapshot } from "../../../src/shared/runPanel.ts";
import { type OpenedPage, openPage, type PageOptions } from "./openPage.ts";
import type { Site } from "./site.ts";

export type RunPage = OpenedPage<RunPanelContract>;

export interface RunPageOptions extends PageOptions {
  readonly snapshot?: RunSnapshot | null;
  /** The list of runs; none is told when left out. */
  readonly list?: RunList;
  readonly handlers?: Partial<RequestHandlers<RunPanelContract>>;
}

export async function openRunPage(
  browser: Browser,
  site: Site,
  options: RunPageOptions = {},
): Promise<RunPage> {
  const done = (): Promise<null> => Promise.resolve(null);
  return openPage<RunPanelContract>(browser, site, options, (emit) => ({
    "page/ready": () => {
      if (options.list !== undefined) {
        emit("runs/listed", options.list);
      }
      return Promise.resolve(options.snapshot ?? null);
    },
    "run/stop": done,
    "run/again": done,
    "run/copy": done,
    "report/copy": done,
    "report/show": done,
    "fix/apply": done,
    "link/open": done,
    "code/copy": done,
    "answer/put": done,
    "run/select": done,
    "run/remove": done,
    "runs/clear": done,
    "panel/pin": done,
    "run/continue": done,
    "draft/of": () => Promise.resolve(emptyDraft),
    "chat/send": () => Promise.resolve([]),
    "chat/compare": () => Promise.resolve([]),
    "endpoints/list": () => Promise.resolve([]),
    "endpoint/describe": () => Promise.resolve({ serverName: "", models: [], parameters: [], thinking: [] }),
    "image/pick": () => Promise.resolve({ images: [], problems: [] }),
    "image/add": ({ name, mime, base64 }) =>
      Promise.resolve({ id: name, name, mime, bytes: Math.floor((base64.length * 3) / 4) }),
    "wire/summary": () => Promise.resolve([]),
    "wire/body": ({ page }) => Promise.resolve({ text: "", page, pages: 0, characters: 0 }),
    "wire/events": () => Promise.resolve({ matching: 0, events: [] }),
    "wire/copy": done,
    "sdk/reading": () => Promise.resolve(null),
    ...options.handlers,
  }));
}

type Appended = Partial<RunPanelContract["events"]["run/appended"]>;

/** Says that this came of a run, `run-1` where nothing else is said. */
export function append({ host }: RunPage, added: Appended): void {
  host.emit("run/appended", { runId: "run-1", answer: "", reasoning: "", ...added });
}

/** The same for a long answer, in the pieces that the extension would send. */
export function appendLong(opened: RunPage, answer: string): void {
  for (let at = 0; at < answer.length; at += longestPiece) {
    append(opened, { answer: answer.slice(at, at + longestPiece) });
  }
}

const longestPiece = 50_000;

const emptyDraft: ChatDraft = {
  endpointId: "",
  model: "",
  system: "",
  messages: [],
  parameters: {},
  extra: "",
};
