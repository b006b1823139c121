/**
 * What a diagnosis costs: a healthy endpoint on loopback up to the rungs of its task, against the bare requests that
 * the ladder sent, made one after another by the same transport; and 100 endpoints tested at once, each with a request
 * to its model, against the slowest of them alone.
 */
import { fork } from "node:child_process";
import { parseEndpoints } from "../src/core/endpoint/parseSettings.ts";
import type { Endpoint } from "../src/core/endpoint/endpoint.ts";
import { diagnose } from "../src/core/diagnosis/ladder.ts";
import type { Report } from "../src/core/diagnosis/report.ts";
import type { AnyStep } from "../src/core/diagnosis/step.ts";
import { steps } from "../src/core/diagnosis/steps/index.ts";
import { nodeClock } from "../src/io/nodeClock.ts";
import { nodeHttp } from "../src/io/nodeHttp.ts";
import { nodeSockets } from "../src/io/nodeSockets.ts";
import { inProject } from "../dev/paths.ts";
import type { Suite } from "./figure.ts";
import { compare } from "./rounds.ts";

const endpoints = 100;
/** From at once to this, evenly: a model in the next room and one over a slow line. */
const longestWaitMs = 150;

export const ladder: Suite = {
  name: "ladder",
  title: `a diagnosis against its bare requests; ${endpoints} tests at once against the slowest of them`,
  run: async () => {
    const waits = Array.from({ length: endpoints }, (_, index) => (index / (endpoints - 1)) * longestWaitMs);
    const servers = await startServers(waits);
    const http = nodeHttp();
    try {
      const tested = servers.ports.map(endpointAt);
      const [fast, slowest] = [tested[0], tested.at(-1)];
      if (fast === undefined || slowest === undefined) throw new Error("There are no servers.");
      const free = steps.filter(({ task }) => task === undefined);
      const sent = (await climb(free, fast)).rungs.flatMap(({ exchanges }) => exchanges);
      const single = await compare({
        suite: "ladder",
        base: { name: `its ${sent.length} bare requests`, work: () => bare(fast, sent) },
        others: { "a healthy endpoint, up to its model": () => climb(free, fast) },
        rounds: 40,
        warmUps: 10,
      });
      const many = await compare({
        suite: "ladder",
        base: { name: "the slowest alone", work: () => climb(steps, slowest) },
        others: { [`${endpoints} at once`]: () => Promise.all(tested.map((each) => climb(steps, each))) },
        rounds: 7,
        warmUps: 2,
      });
      return [...single, ...many];
    } finally {
      http.dispose();
      servers.stop();
    }

    async function climb(rungs: readonly AnyStep[], endpoint: Endpoint): Promise<Report> {
      const subject = {
        endpoint,
        credentials: { key: { kind: "none" }, headers: {} },
        tasks: ["chat"],
        taskChoice: "named",
        depth: "basic",
        machine: "this computer",
        platform: process.platform,
      } as const;
      const ports = { http, sockets: nodeSockets(), clock: nodeClock };
      let last: Report | undefined;
      for await (const report of diagnose(rungs, subject, ports, new AbortController().signal)) last = report;
      if (last?.verdict !== "healthy") throw new Error(`Not healthy: ${JSON.stringify(last?.findings)}`);
      return last;
    }

    async function bare(endpoint: Endpoint, sent: Report["rungs"][number]["exchanges"]): Promise<void> {
      for (const { url, requestHeaders: headers } of sent) {
        const { timeouts } = endpoint;
        const request = { method: "GET", url, headers, timeouts, maxBytes: 1_000_000 } as const;
        const outcome = await http.send(request, new AbortController().signal);
        if (outcome.kind !== "reply") throw new Error(`${url} did not answer.`);
      }
    }
  },
};

function endpointAt(port: number): Endpoint {
  const raw = {
    id: `e${port}`,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    key: { from: "none" },
    models: { chat: "Qwen3-8B" },
  };
  const [entry] = parseEndpoints([raw], "user");
  if (entry?.kind !== "valid") throw new Error("The bench's own endpoint is not valid.");
  return entry.endpoint;
}

async function startServers(
  waitsMs: readonly number[],
): Promise<{ readonly ports: readonly number[]; readonly stop: () => void }> {
  const child = fork(inProject("bench", "ladderServers.ts"), waitsMs.map(String));
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const ports = await new Promise<readonly number[]>((resolve, reject) => {
    child.once("message", (sent) => resolve(sent as readonly number[]));
    child.once("exit", (code) => reject(new Error(`The servers ended with ${code ?? "a signal"}.`)));
  });
  return { ports, stop };
}
