import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { DraftMessage } from "../../../core/chat/chatDraft.ts";
import { visibleText } from "../../../core/visible.ts";
import type { MessageRow } from "./form.ts";
import { IconButton } from "./IconButton.tsx";
import { Images, useImages } from "./Images.tsx";
import { LongTextField } from "./LongTextField.tsx";
import { describedBy, Problem } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";
import { dropped, takesFiles } from "./useFileDrags.ts";

/** What a message can do with its place in the list. */
export interface RowMoves {
  readonly up: () => void;
  readonly down: () => void;
  readonly remove: () => void;
}

interface MessageFieldsProps {
  readonly composer: ComposerModel;
  readonly row: MessageRow;
  readonly place: { readonly index: number; readonly last: number };
  readonly moves: RowMoves;
}

export function roleLabel(role: DraftMessage["role"]): string {
  switch (role) {
    case "user":
      return l10n.t("User");
    case "assistant":
      return l10n.t("Assistant");
    case "tool":
      return l10n.t("Tool");
  }
}

export function MessageFields({ composer, row, place, moves }: MessageFieldsProps): JSX.Element {
  const { hold, removeImage, images } = useMessage(composer, row);
  const takesImages = row.role === "user";
  const label = l10n.t("Message {0}", place.index + 1);
  // The empty one that a new chat begins with is where the problem is to be mended.
  const where = place.index === place.last ? "messages" : `messages.${place.index}`;
  return (
    <li
      class={takesImages ? `message ${takesFiles}` : "message"}
      aria-label={label}
      onDrop={(event) => takesImages && dropped(event, images.addFiles)}
    >
      <div class="message-head">
        <RoleSelect composer={composer} row={row} index={place.index} />
        <RowButtons row={row} place={place} moves={moves} />
      </div>
      <LongTextField
        name={`text.${row.key}`}
        label={label}
        text={row.content}
        described={describedBy({ composer, where })}
        onHold={hold}
        onFiles={takesImages ? images.addFiles : undefined}
      />
      <Problem composer={composer} where={where} />
      {row.rest !== undefined && <Rest rest={row.rest} />}
      {(takesImages || row.images.length > 0) && (
        <Images images={row.images} state={images} onRemove={removeImage} />
      )}
    </li>
  );
}

interface MessageModel {
  readonly images: ReturnType<typeof useImages>;
  readonly removeImage: (id: string) => void;
  readonly hold: (update: (held: readonly string[]) => readonly string[]) => void;
}

function useMessage(composer: ComposerModel, row: MessageRow): MessageModel {
  const change = (update: (row: MessageRow) => MessageRow): void =>
    composer.change((form) => ({
      ...form,
      rows: form.rows.map((each) => (each.key === row.key ? update(each) : each)),
    }));
  const images = useImages(composer.actions, composer.noteArrival, (add) =>
    change((now) => ({ ...now, images: [...now.images, ...add] })),
  );
  const removeImage = (id: string): void =>
    change((now) => ({ ...now, images: now.images.filter((image) => image.id !== id) }));
  const hold = (update: (held: readonly string[]) => readonly string[]): void =>
    change((now) => ({ ...now, content: { ...now.content, held: update(now.content.held) } }));
  return { images, removeImage, hold };
}

function RoleSelect({
  composer,
  row,
  index,
}: {
  readonly composer: ComposerModel;
  readonly row: MessageRow;
  readonly index: number;
}): JSX.Element {
  return (
    <select
      name={`role.${row.key}`}
      value={row.role}
      aria-label={l10n.t("Role of message {0}", index + 1)}
      onChange={() => composer.change((form) => form)}
    >
      {(["user", "assistant", "tool"] as const).map((role) => (
        <option key={role} value={role}>
          {roleLabel(role)}
        </option>
      ))}
    </select>
  );
}

function RowButtons({ row, place, moves }: Pick<MessageFieldsProps, "row" | "place" | "moves">): JSX.Element {
  const number = place.index + 1;
  return (
    <div class="message-buttons">
      <IconButton
        icon="up"
        name={`up.${row.key}`}
        label={l10n.t("Move message {0} up", number)}
        availability={place.index === 0 ? "blocked" : "free"}
        onPress={moves.up}
      />
      <IconButton
        icon="down"
        name={`down.${row.key}`}
        label={l10n.t("Move message {0} down", number)}
        availability={place.index === place.last ? "blocked" : "free"}
        onPress={moves.down}
      />
      <IconButton icon="remove" label={l10n.t("Remove message {0}", number)} onPress={moves.remove} />
    </div>
  );
}

/** What goes along besides the text; it can be seen, not edited. */
function Rest({ rest }: { readonly rest: Readonly<Record<string, unknown>> }): JSX.Element {
  const text = JSON.stringify(rest, null, 2);
  return (
    <details class="rest">
      <summary>{l10n.t("Sent along: {0}", visibleText(Object.keys(rest).join(", ")))}</summary>
      <pre>{visibleText(text.slice(0, 4_000))}</pre>
    </details>
  );
}
