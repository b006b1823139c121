import type { ReceivedRequest } from "./exchange.ts";

/** Takes the first whole request off the bytes, or gives undefined while more has to come. */
export function readRequest(
  bytes: Buffer,
): { readonly request: ReceivedRequest; readonly rest: Buffer } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const [requestLine = "", ...headerLines] = head.split("\r\n");
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = readHeaders(headerLines);
  const body = readBody(headers, bytes.subarray(headEnd + 4));
  if (body === undefined) return undefined;
  return { request: { method, path, headers, head, body: body.content }, rest: body.rest };
}

interface Body {
  readonly content: Buffer;
  readonly rest: Buffer;
}

function readHeaders(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

function readBody(headers: Readonly<Record<string, string>>, bytes: Buffer): Body | undefined {
  if (headers["transfer-encoding"]?.toLowerCase() === "chunked") return readChunks(bytes);
  const length = Number(headers["content-length"] ?? 0);
  if (bytes.length < length) return undefined;
  return { content: bytes.subarray(0, length), rest: bytes.subarray(length) };
}

/** Without trailers: no client of ours sends any. */
function readChunks(bytes: Buffer): Body | undefined {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", offset);
    if (lineEnd === -1) return undefined;
    const size = parseInt(bytes.toString("latin1", offset, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (bytes.length < end + 2) return undefined;
    if (size === 0) return { content: Buffer.concat(chunks), rest: bytes.subarray(end + 2) };
    chunks.push(bytes.subarray(lineEnd + 2, end));
    offset = end + 2;
  }
}
