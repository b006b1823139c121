/**
 * The other side of the ladder's bench, forked by ladder.ts so that it has a process of its own: model servers on
 * loopback, each on a port and thereby an origin of its own, that wait before every reply, the last one longest.
 * It sends their ports, in the order of the waits it was given, and ends when its parent does.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const waitsMs = process.argv.slice(2).map(Number);

const models = JSON.stringify({
  object: "list",
  data: [{ id: "Qwen3-8B", object: "model", owned_by: "vllm", max_model_len: 32_768 }],
});
const answer = JSON.stringify({
  object: "chat.completion",
  model: "Qwen3-8B",
  choices: [{ index: 0, message: { role: "assistant", content: "pong" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 9, completion_tokens: 1 },
});

process.once("disconnect", () => process.exit(0));
process.send?.(await Promise.all(waitsMs.map(async (waitMs) => portOf(modelServer(waitMs)))));

function modelServer(waitMs: number): Server {
  return createServer((request, response) => {
    request.resume();
    const reply = (): void => {
      const body = request.method === "POST" ? answer : (bodies[request.url ?? ""] ?? "");
      response.writeHead(body === "" ? 404 : 200, { "content-type": "application/json", server: "uvicorn" });
      response.end(body);
    };
    if (waitMs === 0) reply();
    else setTimeout(reply, waitMs);
  });
}

const bodies: Readonly<Record<string, string>> = {
  "/v1/models": models,
  "/version": '{"version":"0.11.0"}',
  "/health": "{}",
};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
