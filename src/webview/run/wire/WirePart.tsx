import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visibleId } from "../../../core/visible.ts";
import type { WireSummary } from "../../../shared/wireViews.ts";
import { formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { visibleLines } from "../shownBody.ts";
import { Pager } from "./Pager.tsx";
import { useAsked } from "./useAsked.ts";
import type { WireSource } from "./wireSource.ts";

interface WirePartProps {
  readonly wire: WireSource;
  readonly part: "request" | "reply";
  readonly summary: WireSummary;
}

/** The headers of a request or a reply, and its body a page at a time. */
export function WirePart({ wire, part, summary }: WirePartProps): JSX.Element {
  const { runId, exchange, actions, extent } = wire;
  const [page, setPage] = useState(0);
  const { value: body } = useAsked(
    () => actions.ask("wire/body", { runId, exchange, part, page }),
    [runId, exchange, extent, page],
  );
  if (part === "reply" && summary.status === undefined) {
    return <p class="quiet-text">{l10n.t("No reply came.")}</p>;
  }
  const headers = part === "request" ? summary.requestHeaders : summary.replyHeaders;
  const title = part === "request" ? l10n.t("Request") : l10n.t("Reply");
  return (
    <div class="wire-part">
      <pre class="evidence wire-lines" tabIndex={0} role="group" aria-label={title} dir="ltr">
        <bdi class="evidence-line">{visibleId(firstLine(part, summary))}</bdi>
        {Object.entries(headers).map(([name, value]) => (
          <bdi key={name} class="evidence-line">
            <span class="header-name">{visibleId(name)}:</span> {visibleId(value)}
          </bdi>
        ))}
        {body !== undefined && body.text !== "" && <span class="wire-body">{visibleLines(body.text)}</span>}
      </pre>
      <div class="wire-below">
        <Size part={part} summary={summary} />
        {body !== undefined && body.pages > 1 && (
          <Pager
            place={l10n.t(
              "Page {0} of {1}",
              formatNumber(body.page + 1, pageLocale()),
              formatNumber(body.pages, pageLocale()),
            )}
            before={body.page > 0 ? () => setPage(body.page - 1) : undefined}
            after={body.page < body.pages - 1 ? () => setPage(body.page + 1) : undefined}
          />
        )}
      </div>
    </div>
  );
}

function firstLine(part: "request" | "reply", { method, url, status = 0 }: WireSummary): string {
  return part === "request" ? `${method} ${url}` : `HTTP ${status}`;
}

function Size({ part, summary }: Pick<WirePartProps, "part" | "summary">): JSX.Element {
  const characters = part === "request" ? summary.requestCharacters : summary.replyCharacters;
  const cut = part === "request" ? summary.requestCut : summary.replyCut;
  const locale = pageLocale();
  const size = l10n.t("Body: {0} characters", formatNumber(characters, locale));
  const rest =
    part === "request"
      ? l10n.t("{0} more characters were not kept", formatNumber(cut, locale))
      : l10n.t("{0} more bytes were not kept", formatNumber(cut, locale));
  return <span class="quiet-text">{cut === 0 ? size : `${size} · ${rest}`}</span>;
}
