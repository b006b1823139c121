import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { tableOf, type Figure, type Suite } from "../bench/figure.ts";
import { activation } from "../bench/activation.ts";
import { answer } from "../bench/answer.ts";
import { audit } from "../bench/audit.ts";
import { ladder } from "../bench/ladder.ts";
import { sizes } from "../bench/sizes.ts";
import { streamParsing } from "../bench/streamParsing.ts";
import { sweep } from "../bench/sweep.ts";
import { tree } from "../bench/tree.ts";
import { inProject } from "./paths.ts";
import { runScript, Trouble } from "./trouble.ts";

const suites: readonly Suite[] = [sizes, activation, sweep, streamParsing, audit, answer, tree, ladder];

/** `npm run bench`, or `npm run bench -- stream tree`: ratios within one run, a table, and bench/results/latest.json. */
await runScript(async (args) => {
  const figures: Figure[] = [];
  for (const suite of chosen(args)) {
    console.log(`\n${suite.name}: ${suite.title}`);
    const found = await suite.run((line) => console.log(`  ${line}`));
    for (const line of tableOf(found)) console.log(line);
    figures.push(...found);
  }
  keep(figures);
  return 0;
});

function chosen(names: readonly string[]): readonly Suite[] {
  const known = suites.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Trouble(`There is no bench "${unknown}". There are: ${known.join(", ")}.`, "npm run bench");
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

function keep(figures: readonly Figure[]): void {
  const machine = `${cpus().length} cores, Node ${process.version}, ${process.platform}-${process.arch}`;
  mkdirSync(inProject("bench", "results"), { recursive: true });
  const text = JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2);
  writeFileSync(inProject("bench", "results", "latest.json"), `${text}\n`);
  console.log(`\nAll figures are in bench/results/latest.json (${machine}).`);
}
