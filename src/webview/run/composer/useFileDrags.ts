import { useEffect } from "preact/hooks";

/** Marks what takes files that are dropped. */
export const takesFiles = "takes-files";

/** Without this a file that is dragged in is VS Code's, to open in an editor, unless Shift is held: it takes it away from a page as soon as it comes in anywhere. */
export function useFileDrags(): void {
  useEffect(() => {
    document.addEventListener("dragenter", claim);
    document.addEventListener("dragover", claim);
    return () => {
      document.removeEventListener("dragenter", claim);
      document.removeEventListener("dragover", claim);
    };
  }, []);
}

function claim(event: DragEvent): void {
  const { dataTransfer, target } = event;
  if (dataTransfer?.types.includes("Files") === true) {
    event.preventDefault();
    event.stopPropagation();
    const isTaken = target instanceof Element && target.closest(`.${takesFiles}`) !== null;
    dataTransfer.dropEffect = isTaken ? "copy" : "none";
  }
}

/** Hands over the files of a drop, unless a field inside has taken them. */
export function dropped(event: DragEvent, take: (files: readonly File[]) => void): void {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length > 0 && !event.defaultPrevented) {
    event.preventDefault();
    take(files);
  }
}
