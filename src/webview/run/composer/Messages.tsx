import * as l10n from "@vscode/l10n";
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { addedRow, type MessageRow } from "./form.ts";
import { MessageFields, type RowMoves } from "./MessageFields.tsx";
import { Problem } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";
import { useFileDrags } from "./useFileDrags.ts";

/** The conversation, oldest first. */
export function Messages({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  const { rows } = composer.form;
  const list = useRef<HTMLOListElement>(null);
  const { movesOf, add } = useRows(composer, list);
  useFileDrags();
  return (
    <section class="part messages">
      <h2>{l10n.t("Messages")}</h2>
      <ol ref={list}>
        {rows.map((row, index) => (
          <MessageFields
            key={row.key}
            composer={composer}
            row={row}
            place={{ index, last: rows.length - 1 }}
            moves={movesOf(row, index)}
          />
        ))}
      </ol>
      <ActionButton label={l10n.t("Add a message")} look="secondary" onPress={add} />
      {rows.length === 0 && <Problem composer={composer} where="messages" />}
      <Problem composer={composer} where="images" />
    </section>
  );
}

interface Rows {
  readonly movesOf: (row: MessageRow, index: number) => RowMoves;
  readonly add: () => void;
}

function useRows(composer: ComposerModel, list: RefObject<HTMLElement | null>): Rows {
  const { rows } = composer.form;
  const focus = useFocusAfter(list);
  const replace = (update: (rows: readonly MessageRow[]) => readonly MessageRow[]): void =>
    composer.change((form) => ({ ...form, rows: update(form.rows) }));
  const movesOf = (row: MessageRow, index: number): RowMoves => ({
    up: () => {
      replace((all) => swapped(all, index - 1));
      focus(`button[name="up.${row.key}"]`);
    },
    down: () => {
      replace((all) => swapped(all, index));
      focus(`button[name="down.${row.key}"]`);
    },
    remove: () => {
      replace((all) => all.filter(({ key }) => key !== row.key));
      const next = rows[index + 1] ?? rows[index - 1];
      focus(next === undefined ? undefined : `textarea[name="text.${next.key}"]`);
    },
  });
  const add = (): void => {
    const { key } = addedRow(rows);
    replace((all) => [...all, addedRow(all)]);
    focus(`textarea[name="text.${key}"]`);
  };
  return { movesOf, add };
}

/** With those at `index` and after it in the other order. */
function swapped(rows: readonly MessageRow[], index: number): readonly MessageRow[] {
  const [first, second] = [rows[index], rows[index + 1]];
  return first === undefined || second === undefined
    ? rows
    : [...rows.slice(0, index), second, first, ...rows.slice(index + 2)];
}

/** A row that moves in the document loses the focus; here it is given back, or on to another. */
function useFocusAfter(list: RefObject<HTMLElement | null>): (selector: string | undefined) => void {
  const [wanted, setWanted] = useState<{ readonly selector: string | undefined }>();
  useEffect(() => {
    if (wanted !== undefined) {
      const found = wanted.selector === undefined ? null : list.current?.querySelector(wanted.selector);
      const target = found ?? list.current?.parentElement?.querySelector(":scope > button");
      if (target instanceof HTMLElement) {
        target.focus();
      }
    }
  }, [wanted]);
  return (selector) => setWanted({ selector });
}
