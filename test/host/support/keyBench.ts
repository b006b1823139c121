import assert from "node:assert/strict";
import * as vscode from "vscode";

import { type DemoServer, startDemoServer } from "../../../src/demo/demoServer.ts";
import type { CommandId, Commands } from "../../../src/shared/manifest.ts";
import { scriptedPerson, type ScriptedPerson } from "./scriptedPerson.ts";

export const first = "sk-keys-host-first-3f9a-aaaa";
export const second = "sk-keys-host-second-8b21-bbbb";
export const third = "sk-keys-host-third-77c0-cccc";

type Fields = Readonly<Record<string, unknown>>;

/** Two servers with a key each, an endpoint `keyed` at the first, and a person who answers as scripted. */
export interface KeyBench {
  readonly person: ScriptedPerson;
  /** Wants the first key. */
  readonly one: DemoServer;
  /** Wants the second key. */
  readonly two: DemoServer;
  entry(demo: DemoServer, more?: Fields): Fields;
  /** What a program is told: the pick that is shown besides is closed. */
  status(id?: string): Promise<Commands["qwen.manageApiKey"]["result"]>;
  verdict(): Promise<string | undefined>;
  setTo(key: string): Promise<void>;
  lastMessage(): string;
}

export async function run<Id extends CommandId>(
  id: Id,
  ...args: Commands[Id]["args"]
): Promise<Commands[Id]["result"]> {
  return vscode.commands.executeCommand(id, ...args);
}

export async function setEndpoints(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration("qwen")
    .update("endpoints", value, vscode.ConfigurationTarget.Global);
}

export function entries(): readonly Fields[] {
  return vscode.workspace.getConfiguration("qwen").get<Fields[]>("endpoints") ?? [];
}

/** Registers its hooks with the suite; after every test no key may have been shown, copied or written into the settings. */
export function keyBench(): () => KeyBench {
  let [one, two]: DemoServer[] = [];
  let person: ScriptedPerson | undefined;
  before(async () => {
    one = await startDemoServer({ key: first, tokensPerSecond: 0 });
    two = await startDemoServer({ key: second, tokensPerSecond: 0 });
  });
  beforeEach(async () => {
    person = scriptedPerson();
    await setEndpoints([entry(one!)]);
  });
  afterEach(async () => {
    const shown = person?.shown() ?? "";
    person?.leave();
    for (const { id } of entries()) {
      await run("qwen.clearApiKey", id);
    }
    const clipboard = await vscode.env.clipboard.readText();
    for (const key of [first, second, third]) {
      assert.ok(!`${shown}${clipboard}${JSON.stringify(entries())}`.includes(key), "a key was shown");
    }
  });
  after(async () => {
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await Promise.all([one?.close(), two?.close()]);
  });
  return () => benchOf(one!, two!, person!);
}

function entry(demo: DemoServer, more: Fields = {}): Fields {
  const models = { chat: "demo-chat" };
  return { id: "keyed", name: "Keyed", baseUrl: demo.baseUrl, models, checkEverySeconds: 0, ...more };
}

function benchOf(one: DemoServer, two: DemoServer, person: ScriptedPerson): KeyBench {
  return {
    ...{ person, one, two, entry },
    status: async (id = "keyed") => {
      person.will("close");
      return run("qwen.manageApiKey", id);
    },
    verdict: async () => (await run("qwen.testEndpoint", "keyed", { depth: "basic" }))?.verdict,
    setTo: async (key) => {
      person.will({ type: key });
      assert.deepEqual(await run("qwen.setApiKey", "keyed"), { stored: "keyed" });
    },
    lastMessage: () => person.seen.findLast(({ kind }) => kind === "message")?.text ?? "",
  };
}
