import { useLayoutEffect, useRef } from "preact/hooks";

/** A field that is drawn in another place once this has changed keeps the focus and the cursor. Returns what to call right before. */
export function useFocusKept(changing: unknown): () => void {
  const left = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const was = left.current;
    left.current = null;
    if (was instanceof HTMLInputElement && was.id !== "" && !was.isConnected) {
      const field = document.getElementById(was.id);
      field?.focus();
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
        field.setSelectionRange(was.selectionStart, was.selectionEnd);
      }
    }
  }, [changing]);
  return () => {
    left.current = document.activeElement;
  };
}
