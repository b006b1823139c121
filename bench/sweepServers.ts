/**
 * The other side of the sweep, forked by sweep.ts so that it has a process of its own: on loopback, servers that answer
 * with a list of models and servers that accept and then stay silent, each on a port and thereby an origin of its own.
 * It sends their ports and ends when its parent does.
 */
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";

const [answering = 0, silent = 0] = process.argv.slice(2).map(Number);

const models = JSON.stringify({
  object: "list",
  data: ["Qwen3-8B", "Qwen3-Embedding-4B", "Qwen3-Reranker-4B"].map((id) => ({
    id,
    object: "model",
    created: 1_763_700_000,
    owned_by: "sglang",
    max_model_len: 32_768,
  })),
});

process.once("disconnect", () => process.exit(0));
process.send?.({
  answering: await listening(answering, () =>
    createHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", server: "uvicorn" }).end(models);
    }),
  ),
  silent: await listening(silent, () =>
    createServer((socket) => {
      // Read, or the client's goodbye would never be noticed.
      socket.on("error", () => undefined).resume();
    }),
  ),
});

function listening(length: number, create: () => Server): Promise<readonly number[]> {
  const ports = Array.from({ length }, async () => {
    const server = create();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return (server.address() as AddressInfo).port;
  });
  return Promise.all(ports);
}
