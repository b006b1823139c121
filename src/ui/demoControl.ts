/** Starts and stops the built-in demo endpoint, which is shown in the tree while it runs. */

import * as vscode from "vscode";

import type { Endpoint } from "../core/endpoint/endpoint.ts";
import { parseEndpoints } from "../core/endpoint/parseSettings.ts";
import { settingsSection } from "../shared/manifest.ts";
import type { EndpointSource } from "./endpointSource.ts";

/** What the demo server looks like from here; ui does not import it. */
export interface RunningDemo {
  readonly baseUrl: string;
  close(): Promise<void>;
}

export type StartDemo = (tokensPerSecond: number) => Promise<RunningDemo>;

export class DemoControl implements vscode.Disposable {
  readonly #start: StartDemo;
  readonly #source: EndpointSource;
  #running: Promise<RunningDemo> | undefined;

  constructor(start: StartDemo, source: EndpointSource) {
    this.#start = start;
    this.#source = source;
  }

  async start(): Promise<RunningDemo> {
    const rate = vscode.workspace.getConfiguration(settingsSection).get("demo.tokensPerSecond", 40);
    const running = (this.#running ??= this.#start(rate));
    // A start that failed is forgotten, so that the next click tries again.
    running.catch(() => (this.#running = undefined));
    const demo = await running;
    this.#source.setDemo(demoEndpoint(demo.baseUrl));
    return demo;
  }

  /** False when it was not running. */
  async stop(): Promise<boolean> {
    const running = this.#running;
    this.#running = undefined;
    this.#source.setDemo(undefined);
    await (await running)?.close();
    return running !== undefined;
  }

  dispose(): void {
    void this.#running?.then((demo) => demo.close());
  }
}

function demoEndpoint(baseUrl: string): Endpoint {
  const entry = {
    id: "qwen-demo",
    name: vscode.l10n.t("Demo (no model)"),
    baseUrl,
    key: { from: "none" },
    models: { chat: "demo-chat", embedding: "demo-embedding", rerank: "demo-reranker" },
  };
  const [parsed] = parseEndpoints([entry], "user");
  if (parsed?.kind !== "valid") {
    throw new Error("the demo endpoint's entry is not valid");
  }
  return parsed.endpoint;
}
