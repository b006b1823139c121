/**
 * Shows `html` in place of what an element holds, and leaves every node that is in both where it is: a link keeps the focus,
 * selected text stays selected. For HTML that mostly grows at its end. (What general libraries for this do sets the text of a
 * node anew, which takes the selection away.)
 */
export function growHtml(element: Element, html: string): void {
  const template = element.ownerDocument.createElement("template");
  template.innerHTML = html;
  growChildren(element, template.content);
}

function growChildren(shown: Node, wanted: Node): void {
  let old = shown.firstChild;
  let next = wanted.firstChild;
  while (next !== null) {
    const added = next;
    next = next.nextSibling;
    if (old === null) {
      shown.appendChild(added);
      continue;
    }
    const kept: ChildNode = old;
    old = old.nextSibling;
    if (!grown(kept, added)) {
      kept.replaceWith(added);
    }
  }
  while (old !== null) {
    const left: ChildNode = old;
    old = old.nextSibling;
    left.remove();
  }
}

/** Could the node become the other one by what is within it alone? Then it has. */
function grown(kept: Node, wanted: Node): boolean {
  if (kept.isEqualNode(wanted)) {
    return true;
  }
  if (kept instanceof Text && wanted instanceof Text) {
    growText(kept, wanted.data);
    return true;
  }
  if (!(kept instanceof Element) || !(wanted instanceof Element) || !haveSameTag(kept, wanted)) {
    return false;
  }
  growChildren(kept, wanted);
  return true;
}

/** What both begin with is not touched, and so remains selected. */
function growText(text: Text, data: string): void {
  const shown = text.data;
  if (shown === data) {
    return;
  }
  let same = 0;
  while (same < shown.length && shown[same] === data[same]) {
    same += 1;
  }
  text.replaceData(same, shown.length - same, data.slice(same));
}

function haveSameTag(one: Element, other: Element): boolean {
  return (
    one.localName === other.localName &&
    one.attributes.length === other.attributes.length &&
    [...one.attributes].every(({ name, value }) => other.getAttribute(name) === value)
  );
}
