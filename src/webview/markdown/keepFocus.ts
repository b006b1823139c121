const focusable = "a, button, [tabindex]";

/** Draws, and gives the focus back to what had it in `part` of the container if that was drawn anew, in `part` or elsewhere. */
export function keepFocus(container: Element, part: Element, draw: () => void): void {
  const focused = container.ownerDocument.activeElement;
  if (focused === null || !part.contains(focused)) {
    draw();
    return;
  }
  const place = [...container.querySelectorAll(focusable)].indexOf(focused);
  draw();
  if (!focused.isConnected) {
    const drawnAnew = container.querySelectorAll<HTMLElement>(focusable)[place];
    drawnAnew?.focus({ preventScroll: true });
  }
}
