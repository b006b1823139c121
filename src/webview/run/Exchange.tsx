import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visibleId } from "../../core/visible.ts";
import type { RungView } from "../../shared/runPanel.ts";
import { CopyText } from "./CopyText.tsx";
import { indentedExchange } from "./indentedExchange.ts";
import { formatDuration } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { shownBody } from "./shownBody.ts";
import { WireText } from "../parts/WireText.tsx";

export type ExchangeView = RungView["exchanges"][number];

interface ExchangeProps {
  readonly exchange: ExchangeView;
  readonly onCopy: (text: string) => Promise<void>;
}

/** One request and its reply: a line that unfolds to what went over the wire. */
export function Exchange({ exchange, onCopy }: ExchangeProps): JSX.Element {
  // Bodies are long and many; those that nobody looks at are not drawn.
  const [state, setState] = useState<"folded" | "unfolded">("folded");
  return (
    <details
      class="exchange"
      onToggle={({ currentTarget }) => setState(currentTarget.open ? "unfolded" : "folded")}
    >
      <summary>
        <span class="exchange-method">{visibleId(exchange.method)}</span>{" "}
        <WireText class="exchange-url" text={exchange.url} /> <Outcome exchange={exchange} />{" "}
        <span class="exchange-duration">{formatDuration(exchange.durationMs, pageLocale())}</span>
      </summary>
      {state === "unfolded" && <Content exchange={exchange} onCopy={onCopy} />}
    </details>
  );
}

function Outcome({ exchange: { status, fault } }: { readonly exchange: ExchangeView }): JSX.Element {
  const isBad = fault !== undefined || status === undefined || status >= 400;
  const text = [...(status === undefined ? [] : [String(status)]), ...(fault === undefined ? [] : [fault])];
  return (
    <span class={isBad ? "exchange-outcome exchange-bad" : "exchange-outcome"}>
      <span aria-hidden="true">{isBad ? "✘ " : "✔ "}</span>
      <WireText text={text.join(" ")} />
    </span>
  );
}

function Content({ exchange, onCopy }: ExchangeProps): JSX.Element {
  const { requestHeaders, requestBody = "", replyHeaders, replyBody, status } = exchange;
  return (
    <div class="exchange-content">
      <Part title={l10n.t("Request")} headers={requestHeaders} body={requestBody} />
      {status === undefined ? (
        <p class="quiet-text">{l10n.t("No reply came.")}</p>
      ) : (
        <Part title={l10n.t("Reply")} headers={replyHeaders} body={replyBody} />
      )}
      <CopyText label={l10n.t("Copy exchange")} text={indentedExchange(exchange)} onCopy={onCopy} />
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers with the body below them, as on the wire. */
function Part({ title, headers, body }: PartProps): JSX.Element {
  const { text, cut } = shownBody(body);
  return (
    <section class="wire-part">
      <h4>{title}</h4>
      <pre class="evidence wire-lines" tabIndex={0} role="group" aria-label={title} dir="ltr">
        {Object.entries(headers).map(([name, value]) => (
          <bdi key={name} class="evidence-line">
            <span class="header-name">{visibleId(name)}:</span> {visibleId(value)}
          </bdi>
        ))}
        {text !== "" && <span class="wire-body">{text}</span>}
      </pre>
      {cut > 0 && <p class="quiet-text">{l10n.t("Only the first {0} characters were kept.", cut)}</p>}
    </section>
  );
}
