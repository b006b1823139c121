import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { PageEnd } from "../../shared/link.ts";
import type { ReportFormat, RunPanelContract } from "../../shared/runPanel.ts";
import type { DraftKeeper } from "./composer/draftKeeper.ts";

/** What a person can do on the page; each name is also where its progress is kept (`RunView.asks`). */
export interface PageActions {
  readonly stop: () => void;
  readonly again: () => void;
  readonly copy: () => void;
  readonly copyReport: (format: ReportFormat) => void;
  readonly showReport: (endpointId: string) => void;
  readonly applyFix: (fixId: string) => void;
  readonly openLink: (url: string) => void;
  /** Anything else, asked of the extension by the part of the page that shows it. Rejects with a text for a person. */
  readonly ask: PageEnd<RunPanelContract>["ask"];
  /** Shows the composer alone. */
  readonly compose: (draft: ChatDraft) => void;
  /** What was composed and not sent yet. */
  readonly drafts: DraftKeeper;
  /** The same for a run of the comparison that is shown. */
  readonly of: (runId: string) => PageActions;
  /** Resolves when it is on the clipboard. */
  readonly copyCode: (text: string) => Promise<void>;
}

export function fixAsk(fixId: string): string {
  return `fix:${fixId}`;
}
