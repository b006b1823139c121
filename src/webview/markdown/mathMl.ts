import temml from "temml";
import { mathMarkup, type MathTree } from "./mathMarkup.ts";

/** A formula in TeX as MathML, with its source as an annotation. Throws where it can not be read. */
export function mathMl(tex: string, layout: "inline" | "display"): string {
  const tree = temml.__renderToMathMLTree(tex, {
    displayMode: layout === "display",
    annotate: true,
    throwOnError: true,
    trust: false,
    maxExpand,
    maxSize: [largestEm, largestPoints],
  }) as MathTree;
  return mathMarkup(tree);
}

/** Macros that a formula defines and uses may unfold this often. */
const maxExpand = 200;
const largestEm = 20;
const largestPoints = 200;
