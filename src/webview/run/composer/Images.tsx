import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { DraftImage } from "../../../core/chat/chatDraft.ts";
import { visibleId, visibleText } from "../../../core/visible.ts";
import type { AskState } from "../../parts/askState.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { formatBytes } from "../../../core/formatBytes.ts";
import { imageTooLarge, largestImage } from "../../../core/chat/imageLimits.ts";
import type { AddedImages } from "../../../shared/composerViews.ts";
import type { PageActions } from "../actions.ts";
import { IconButton } from "./IconButton.tsx";
import type { Arrivals } from "./useArrivals.ts";
import { reasonOf } from "./useComposer.ts";

interface ImageAdding {
  readonly asking: AskState | undefined;
  readonly problems: readonly string[];
  readonly pick: () => void;
  readonly addFiles: (files: readonly File[]) => void;
}

/** Images on their way to the extension, which holds them. */
export function useImages(
  actions: PageActions,
  noteArrival: Arrivals["note"],
  onAdded: (images: readonly DraftImage[]) => void,
): ImageAdding {
  const [asking, setAsking] = useState<AskState>();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const waiting = useRef(0);
  const follow = async (request: Promise<AddedImages>): Promise<"all" | "not-all"> => {
    // What is wrong with one stays while others are on their way.
    if (waiting.current === 0) {
      setProblems([]);
    }
    waiting.current += 1;
    setAsking({ kind: "waiting" });
    const added = await request.catch((error: unknown): AddedImages => ({
      images: [],
      problems: [reasonOf(error)],
    }));
    waiting.current -= 1;
    if (waiting.current === 0) {
      setAsking(undefined);
    }
    setProblems((before) => [...new Set([...before, ...added.problems])]);
    if (added.images.length > 0) {
      onAdded(added.images);
    }
    return added.problems.length > 0 ? "not-all" : "all";
  };
  return {
    asking,
    problems,
    pick: () => void follow(actions.ask("image/pick", null)),
    addFiles: (files) => noteArrival(follow(addAll(files, actions))),
  };
}

async function addAll(files: readonly File[], actions: PageActions): Promise<AddedImages> {
  const images: DraftImage[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      images.push(await added(file, actions));
    } catch (error) {
      problems.push(reasonOf(error));
    }
  }
  return { images, problems };
}

/** One that is too large is not even read. */
async function added(file: File, actions: PageActions): Promise<DraftImage> {
  if (file.size > largestImage) {
    throw new Error(imageTooLarge(file.name, file.size));
  }
  const base64 = await base64Of(file);
  return actions.ask("image/add", { name: file.name, mime: file.type, base64 });
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () =>
      reject(new Error(l10n.t("{0} could not be read.", visibleId(file.name)))),
    );
    reader.readAsDataURL(file);
  });
}

export function Images({
  images,
  state,
  onRemove,
}: {
  readonly images: readonly DraftImage[];
  readonly state: ImageAdding;
  readonly onRemove: (id: string) => void;
}): JSX.Element {
  return (
    <div class="images">
      <ActionButton label={l10n.t("Add images")} look="quiet" state={state.asking} onPress={state.pick} />
      {images.length > 0 && (
        <ul class="chips" aria-label={l10n.t("Images")}>
          {images.map(({ id, name, bytes }) => (
            <li key={id} class="chip">
              <span class="chip-name">{visibleId(name)}</span>
              <span class="hint">{formatBytes(bytes)}</span>
              <IconButton
                icon="remove"
                label={l10n.t("Remove {0}", visibleId(name))}
                onPress={() => onRemove(id)}
              />
            </li>
          ))}
        </ul>
      )}
      {state.problems.map((problem) => (
        <p key={problem} class="problem" role="alert">
          {visibleText(problem)}
        </p>
      ))}
    </div>
  );
}
