/**
 * Runs inside the extension host, bundled by activation.ts as the "tests" of the window: activates the extensions that
 * order.json names one after the other, and prints for each how long `extension.activate()` took from the outside, and
 * how long loading its main file and its own `activate` took in there.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { activationMark, type Activation, type Inside } from "./activationTimes.ts";

/** Extensions of the editor itself; the first activation of all pays for what the host does once. */
const first = ["vscode.gulp", "vscode.jake", "vscode.grunt"];

/** The host counts as quiet after so many timers in a row that came at most so late. */
const quiet = { timers: 20, everyMs: 25, lateMs: 8, patienceMs: 15_000 };

export async function run(): Promise<void> {
  for (const id of first) await vscode.extensions.getExtension(id)?.activate();
  const order = JSON.parse(readFileSync(join(__dirname, "order.json"), "utf8")) as readonly string[];
  const activations: Activation[] = [];
  for (const id of order) {
    await untilQuiet();
    activations.push(await activate(id));
  }
  console.log(activationMark + JSON.stringify(activations));
}

async function activate(id: string): Promise<Activation> {
  const extension = vscode.extensions.getExtension<Inside>(id);
  if (extension === undefined) throw new Error(`${id} is not there.`);
  if (extension.isActive) throw new Error(`${id} is active before its time.`);
  const began = performance.now();
  const inside = await extension.activate();
  return { id, outsideMs: performance.now() - began, ...inside };
}

/** A window that has just opened keeps its extension host busy for seconds. */
async function untilQuiet(): Promise<void> {
  const deadline = performance.now() + quiet.patienceMs;
  for (let inRow = 0; inRow < quiet.timers && performance.now() < deadline;) {
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, quiet.everyMs));
    inRow = performance.now() - began < quiet.everyMs + quiet.lateMs ? inRow + 1 : 0;
  }
}
