import { request as httpRequest } from "node:http";
import type { Http, HttpOutcome } from "../../../src/core/ports.ts";
import { readFault } from "../../../src/io/networkFault.ts";

/** Sends every plain HTTP request to this proxy with its whole URL, as the extension host does when `http.proxy` is set. */
export function proxiedHttp(proxy: { readonly port: number }): Http {
  return {
    open: () => Promise.reject(new Error("whole requests only")),
    send: ({ method, url, headers, body }) =>
      new Promise<HttpOutcome>((resolve) => {
        const sent = httpRequest(
          {
            host: "127.0.0.1",
            port: proxy.port,
            method,
            path: url,
            headers: { ...headers, host: new URL(url).host },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.once("end", () => {
              const bytes = Buffer.concat(chunks);
              const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
              resolve({
                kind: "reply",
                reply: {
                  status: response.statusCode ?? 0,
                  headers: Object.fromEntries(received) as Readonly<Record<string, string>>,
                  body: bytes.toString("utf8"),
                  bytes: bytes.length,
                  timings: {},
                },
              });
            });
          },
        );
        sent.once("error", (error) => resolve({ kind: "fault", fault: readFault(error, "connect") }));
        sent.end(body);
      }),
  };
}
