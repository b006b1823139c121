import { escapeHtml } from "./escapeHtml.ts";

/** What a library makes of TeX: elements, or text, or a group without a name. */
export interface MathTree {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, string>>;
  readonly children?: readonly MathTree[];
}

/** Writes the elements and attributes of MathML that only say how a formula looks. Of all others the text remains; styles become classes. */
export function mathMarkup(tree: MathTree): string {
  if (tree.text !== undefined) {
    return escapeHtml(tree.text);
  }
  const content = (tree.children ?? []).filter((child) => !isGlue(child)).map(mathMarkup);
  const { type = "" } = tree;
  return elements.has(type)
    ? `<${type}${attributesOf(tree)}>${content.join("")}</${type}>`
    : content.join("");
}

const elements: ReadonlySet<string> = new Set(
  (
    "math semantics annotation mrow mi mn mo mtext ms mspace mfrac msqrt mroot mstyle msub msup msubsup munder mover " +
    "munderover mmultiscripts mprescripts none mtable mtr mtd mpadded mphantom menclose"
  ).split(" "),
);

const attributes: ReadonlySet<string> = new Set(
  (
    "display displaystyle scriptlevel mathvariant stretchy fence form separator movablelimits largeop symmetric accent " +
    "accentunder lspace rspace minsize maxsize width height depth voffset linethickness encoding columnspan rowspan"
  ).split(" "),
);

/** Ours has rules for these alone, in math.css. */
const classes: ReadonlySet<string> = new Set(
  "tml-left tml-right tml-overline tml-underline tml-fbox tml-cancel tml-xcancel upstrike downstrike sout".split(
    " ",
  ),
);

/** Empty cells that push an equation to the middle and its number to the side. */
function isGlue(tree: MathTree): boolean {
  return tree.type === "mtd" && tree.style?.["width"] !== undefined && textOf(tree) === "";
}

function textOf(tree: MathTree): string {
  return tree.text ?? (tree.children ?? []).map(textOf).join("");
}

function attributesOf(tree: MathTree): string {
  const kept = Object.entries(tree.attributes ?? {}).filter(
    ([name, value]) => attributes.has(name) && isPlain(String(value)),
  );
  const names = [...(tree.classes ?? []).filter((name) => classes.has(name)), ...styleClasses(tree)];
  const all = names.length === 0 ? kept : [...kept, ["class", names.join(" ")] as const];
  return all.map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`).join("");
}

/** A word, or a length that does not reach far beyond the formula. */
function isPlain(value: string): boolean {
  const length = /^([+-]?\d*\.?\d+)(em|ex|pt|px|mu|%)?$/.exec(value);
  return length === null
    ? /^[a-z][a-z/-]*$/.test(value)
    : Math.abs(Number(length[1])) <= (length[2] === "em" ? largestEm : largest);
}

const largestEm = 20;
const largest = 400;

function styleClasses({ type, style = {}, attributes: given = {} }: MathTree): readonly string[] {
  const sides = (["Left", "Right", "Top", "Bottom"] as const).flatMap((side) => [
    ...(type === "mtd" && style[`padding${side}`] === "0em" ? [`no-${side.toLowerCase()}`] : []),
    ...(type === "mtd" && style[`border${side}`] !== undefined ? [`line-${side.toLowerCase()}`] : []),
  ]);
  const box = style["border"] === undefined ? [] : ["tml-fbox"];
  return [...sides, ...box, ...(given["mathbackground"] === "black" ? ["ink"] : [])];
}
