import * as l10n from "@vscode/l10n";
import type { JSX, RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { visibleText } from "../../../core/visible.ts";
import type { RunRow } from "../../../shared/runPanel.ts";
import { Icon } from "../../parts/Icon.tsx";
import { pageLocale } from "../../parts/pageLocale.ts";
import { WireText } from "../../parts/WireText.tsx";
import type { PageActions } from "../actions.ts";
import { nextRow } from "./nextRow.ts";
import { kindLabel, originOf, stateIcons, stateLabel } from "./rowWords.ts";
import { RunIcon } from "./RunIcon.tsx";
import { runTime } from "./runTime.ts";

interface RunRowsProps {
  readonly runs: readonly RunRow[];
  readonly shownId: string | undefined;
  readonly actions: PageActions;
  readonly onSelect: (runId: string) => void;
}

/** The rows, and below them what takes all off. */
export function RunRows({ runs, shownId, actions, onSelect }: RunRowsProps): JSX.Element {
  const { list, stopId, noteFocus, press, remove } = useRows(runs, shownId, actions);
  return (
    <>
      <ol class="runs-rows" ref={list}>
        {runs.map((row) => (
          <li key={row.runId} class="runs-row" onKeyDown={(event) => press(event, row)}>
            <Row
              row={row}
              isShown={row.runId === shownId}
              isStop={row.runId === stopId}
              onFocus={() => noteFocus(row.runId)}
              onSelect={() => onSelect(row.runId)}
              onRemove={() => remove(row.runId)}
            />
          </li>
        ))}
      </ol>
      {runs.some(({ state }) => state !== "running") && (
        <button
          type="button"
          class="quiet runs-clear"
          onClick={() => void actions.ask("runs/clear", null).catch(() => undefined)}
        >
          {l10n.t("Clear")}
        </button>
      )}
    </>
  );
}

interface Rows {
  readonly list: RefObject<HTMLOListElement | null>;
  /** The row that the Tab key stops at. */
  readonly stopId: string | undefined;
  readonly noteFocus: (runId: string) => void;
  readonly press: (event: KeyboardEvent, row: RunRow) => void;
  readonly remove: (runId: string) => void;
}

/** One stop for the Tab key: arrow keys go from row to row, Delete takes one off the list. */
function useRows(runs: readonly RunRow[], shownId: string | undefined, actions: PageActions): Rows {
  const list = useRef<HTMLOListElement>(null);
  const [focusedId, noteFocus] = useState<string>();
  const has = (id: string | undefined): boolean => runs.some(({ runId }) => runId === id);
  const stopId = [focusedId, shownId].find(has) ?? runs[0]?.runId;
  const focus = (index: number): void =>
    list.current?.querySelectorAll<HTMLButtonElement>(".runs-open")[index]?.focus();
  const remove = (runId: string): void => {
    const index = runs.findIndex((run) => run.runId === runId);
    focus(index + 1 < runs.length ? index + 1 : index - 1);
    void actions.ask("run/remove", { runId }).catch(() => undefined);
  };
  const press = (event: KeyboardEvent, row: RunRow): void => {
    const next = nextRow(event.key, runs.indexOf(row), runs.length);
    if (next !== undefined) {
      event.preventDefault();
      focus(next);
    } else if (event.key === "Delete" && row.state !== "running") {
      remove(row.runId);
    }
  };
  return { list, stopId, noteFocus, press, remove };
}

interface RowProps {
  readonly row: RunRow;
  readonly isShown: boolean;
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
  readonly onRemove: () => void;
}

function Row({ row, isShown, isStop, onFocus, onSelect, onRemove }: RowProps): JSX.Element {
  const tabIndex = isStop ? 0 : -1;
  return (
    <>
      <button
        type="button"
        class="runs-open"
        aria-current={isShown ? "true" : undefined}
        tabIndex={tabIndex}
        onFocus={onFocus}
        onClick={onSelect}
      >
        <RowFace row={row} />
      </button>
      {row.state !== "running" && (
        <button
          type="button"
          class="runs-remove"
          tabIndex={tabIndex}
          aria-label={l10n.t("Remove from the list: {0}", visibleText(row.title))}
          title={l10n.t("Remove from the list")}
          onClick={onRemove}
        >
          <RunIcon name="remove" />
        </button>
      )}
    </>
  );
}

function RowFace({ row }: { readonly row: RunRow }): JSX.Element {
  const origin = originOf(row);
  return (
    <>
      <span class="runs-kind" title={kindLabel(row.kind)}>
        <RunIcon name={row.kind} />
        <span class="sr-only">{kindLabel(row.kind)}</span>
      </span>
      <span class="runs-title" title={visibleText(row.title)}>
        <WireText text={row.title} />
      </span>
      <span class="runs-state" title={stateLabel(row.state)}>
        <Icon name={stateIcons[row.state]} />
        <span class="sr-only">{stateLabel(row.state)}</span>
      </span>
      <span class="runs-origin" title={visibleText(origin)}>
        <WireText text={origin} />
      </span>
      <time class="runs-time">{runTime(row.startedAtMs, Date.now(), pageLocale())}</time>
    </>
  );
}
