import type { Runner, Suite } from "mocha";
import { relative } from "node:path";
import { inProject } from "../paths.ts";

const told = 10;

/** Collects, while a runner runs, how long each file took, its hooks included; the slowest come first when it has ended. */
export function collectDurations(runner: Runner): () => readonly string[] {
  const secondsOf = new Map<string, number>();
  let began = 0;
  const isOfFile = (suite: Suite): boolean => suite.parent?.root === true;
  runner.on("suite", (suite: Suite) => {
    if (isOfFile(suite)) began = performance.now();
  });
  runner.on("suite end", (suite: Suite) => {
    if (!isOfFile(suite)) return;
    const file = relative(inProject(), suite.file ?? "?");
    secondsOf.set(file, (secondsOf.get(file) ?? 0) + (performance.now() - began) / 1_000);
  });
  return () =>
    [...secondsOf]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, told)
      .map(([file, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
}
