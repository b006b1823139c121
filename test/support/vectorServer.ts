/** A server of embeddings and scores over real sockets whose numbers are right until a test bends them. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { cosine, embedText } from "../../src/demo/featureHashing.ts";

/** What a test bends: the fields of a request, and the reply to it. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON, or as it is where it is text. */
  readonly body: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;
/** Undefined for a path that is not there. */
export type Routes = (path: string, fields: Fields) => Answer | undefined;

export interface VectorServer {
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** What was posted, in order. */
  readonly posted: readonly { readonly path: string; readonly fields: Fields }[];
  close(): Promise<void>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const notFound: Answer = { status: 404, body: { detail: "Not Found" } };

export interface Entry {
  readonly index: number;
  readonly embedding: readonly number[] | string;
}

/** Vectors of unit length that are nearer for texts that share words, of the size and in the encoding asked for. */
export function vectorsFor({ input, dimensions, encoding_format }: Fields): readonly Entry[] {
  const texts = (typeof input === "string" ? [input] : input) as readonly string[];
  return texts.map((text, index) => {
    const vector = embedText(text, typeof dimensions === "number" ? dimensions : 1024);
    return {
      index,
      embedding:
        encoding_format === "base64" ? Buffer.from(vector.buffer).toString("base64") : Array.from(vector),
    };
  });
}

export const embeddingsReply = (data: readonly unknown[], model: string = "any"): Answer =>
  ok({ object: "list", model, data, usage: { prompt_tokens: 3, total_tokens: 3 } });

/** Cosines, which is what vLLM gives for an embedding model: the order is right. */
export function scoresFor({ query, documents }: Fields): readonly number[] {
  const asked = embedText(String(query), 1024);
  return (documents as readonly string[]).map((text) => cosine(asked, embedText(text, 1024)));
}

/** In the form of vLLM, Jina and most others. */
export const resultsReply = (scores: readonly number[]): Answer =>
  ok({ results: scores.map((relevance_score, index) => ({ index, relevance_score })) });

/** A list with this one model, and whatever the routes say. */
export async function startVectorServer(model: string, routes: Routes): Promise<VectorServer> {
  const posted: { readonly path: string; readonly fields: Fields }[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const path = request.url ?? "";
      if (request.method === "GET") {
        send(response, path === "/v1/models" ? ok({ data: [{ id: model }] }) : notFound);
        return;
      }
      const fields = JSON.parse(text) as Fields;
      posted.push({ path, fields });
      send(response, routes(path, fields) ?? notFound);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text;
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}
