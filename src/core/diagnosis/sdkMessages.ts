/** What the OpenAI SDKs would have said of the same failure, so that a person recognises their own error message (facts: servers.md section 10). */

import { holdsError, parseJson } from "./errorEnvelope.ts";
import type { Exchange } from "./exchange.ts";
import { type Finding, type FindingCode, isBlocker } from "./finding.ts";
import { pythonRepr } from "./pythonRepr.ts";

/** Of an exchange, what the SDKs look at. */
type Failed = Pick<
  Exchange,
  "method" | "url" | "requestBody" | "status" | "replyHeaders" | "replyBody" | "fault"
>;

interface Said {
  readonly javaScript: string;
  readonly python: string;
}

/** A line for each SDK; empty where nothing failed. `exchanges` are the rung's own, in order. */
export function sdkMessages(findings: readonly Finding[], exchanges: readonly Exchange[]): readonly string[] {
  const [worst] = [...findings.filter(isBlocker), ...findings];
  if (worst === undefined) {
    return [];
  }
  const failed =
    exchanges.find(({ status = 0, fault }) => status >= 300 || fault !== undefined) ?? told(worst);
  const refused =
    failed ?? (isBlocker(worst) ? exchanges.findLast(({ method }) => method === "POST") : undefined);
  const said = refused === undefined ? withoutExchange(worst.code) : ofExchange(refused);
  return said === undefined ? [] : [...linesOf(said), ...olderLines(refused, said)];
}

function linesOf({ javaScript, python }: Said): readonly string[] {
  return [`openai for JavaScript: ${javaScript}`, `openai for Python: ${python}`];
}

/** Up to 7.4.0 the JavaScript SDK read `error` alone, so that flat bodies said nothing. */
function olderLines(refused: Failed | undefined, { javaScript }: Said): readonly string[] {
  const { status = 0, replyBody = "" } = refused ?? {};
  const body = parseJson(replyBody);
  const isFlat = body === Object(body) && (body as { readonly error?: unknown }).error == null;
  const name = javaScript.split(":")[0] ?? "";
  return status >= 400 && isFlat
    ? [`openai for JavaScript up to 7.4.0: ${name}: ${status} status code (no body)`]
    : [];
}

/** Rungs that read an earlier rung's reply have it in their evidence: `GET url → 401 (application/json)`, then the body. */
function told({ evidence }: Finding): Failed | undefined {
  for (const [index, line] of evidence.entries()) {
    const [, method = "", url = "", status = ""] = /^(GET|POST) (\S+) → (\d{3})( \(|$)/.exec(line) ?? [];
    if (Number(status) >= 300) {
      return { method, url, status: Number(status), replyHeaders: {}, replyBody: evidence[index + 1] ?? "" };
    }
  }
  return undefined;
}

function ofExchange(failed: Failed): Said | undefined {
  const { status = 0, fault } = failed;
  if (status >= 300) {
    return refusal(status, failed.replyBody);
  }
  if (fault !== undefined) {
    return status > 0 && fault !== "TIMEOUT"
      ? { javaScript: "TypeError: terminated", python: connection.python }
      : fault === "TIMEOUT"
        ? timeout
        : connection;
  }
  return status === 0 ? undefined : ofSuccess(failed);
}

const connection: Said = {
  javaScript: "APIConnectionError: Connection error.",
  python: "openai.APIConnectionError: Connection error.",
};
const timeout: Said = {
  javaScript: "APIConnectionTimeoutError: Request timed out.",
  python: "openai.APITimeoutError: Request timed out.",
};

/** Class names by status, the same in both. */
const classes: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

/** As long as a person compares. */
const longest = 300;

function refusal(status: number, text: string): Said {
  const known = classes[status] ?? (status >= 500 ? "InternalServerError" : undefined);
  const body = parseJson(text);
  const javaScript = `${status} ${javaScriptText(body, text)}`;
  const python =
    body === undefined
      ? text.trim() || `Error code: ${status}`
      : `Error code: ${status} - ${pythonText(body)}`;
  return {
    javaScript: `${known ?? "APIError"}: ${cut(javaScript)}`,
    python: `openai.${known ?? "APIStatusError"}: ${cut(python)}`,
  };
}

/** 7.5.0 and later read `error`, or the whole body; texts in JSON and numbers they lose. */
function javaScriptText(body: unknown, text: string): string {
  if (body === undefined) {
    return text === "" ? "status code (no body)" : text;
  }
  const whole = body === Object(body) ? body : undefined;
  const error: unknown = (whole as { readonly error?: unknown } | undefined)?.error ?? whole;
  const message = error === Object(error) ? (error as { readonly message?: unknown }).message : undefined;
  if (typeof message === "string" && message !== "") {
    return message;
  }
  return error === undefined
    ? "status code (no body)"
    : JSON.stringify(message === undefined || message === "" ? error : message);
}

function pythonText(body: unknown): string {
  return typeof body === "string" ? body : pythonRepr(body);
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** The traps of a 200: nothing is raised where it fails, and the program stumbles later. */
function ofSuccess({ url, method, requestBody = "", replyHeaders, replyBody }: Failed): Said | undefined {
  const field = /\/embeddings/.test(url) ? "data" : "choices";
  if (method !== "POST" || /rerank/.test(url)) {
    return undefined;
  }
  const body = parseJson(replyBody);
  if (/"stream":\s*true/.test(requestBody)) {
    return ofStream(replyBody);
  }
  const stumble = "TypeError: Cannot read properties of undefined (reading '0')";
  if (holdsError(body)) {
    return {
      javaScript: `no error, then ${stumble}`,
      python:
        field === "choices"
          ? "no error, then TypeError: 'NoneType' object is not subscriptable"
          : "ValueError: No embedding data received",
    };
  }
  if (body !== undefined) {
    return undefined;
  }
  if (!/json/.test(replyHeaders["content-type"] ?? "")) {
    return {
      javaScript: `no error, then ${stumble}`,
      python: `no error, then AttributeError: 'str' object has no attribute '${field}'`,
    };
  }
  const isEmpty = replyBody === "" && replyHeaders["content-length"] === "0";
  return {
    javaScript: isEmpty
      ? `no error, then TypeError: Cannot read properties of undefined (reading '${field}')`
      : "SyntaxError, because the body is no JSON",
    python: "json.decoder.JSONDecodeError, because the body is no JSON",
  };
}

function ofStream(text: string): Said | undefined {
  const data = [...text.matchAll(/^data: ?(.*)$/gm)].map(([, each = ""]) => parseJson(each));
  const error = data.find(holdsError) as { readonly error?: unknown } | undefined;
  if (error !== undefined) {
    const inner = error.error;
    const message = inner === Object(inner) ? (inner as { readonly message?: unknown }).message : undefined;
    const said = typeof message === "string" && message !== "" ? message : undefined;
    return {
      javaScript: `APIError: ${cut(said ?? JSON.stringify(inner))}`,
      python: `openai.APIError: ${cut(said ?? "An error occurred during streaming")}`,
    };
  }
  const nothing = "no error; the stream ends without a single chunk";
  return data.length === 0 ? { javaScript: nothing, python: nothing } : undefined;
}

/** Rungs below HTTP send nothing of their own; the SDKs fail there all the same. */
function withoutExchange(code: FindingCode): Said | undefined {
  if (/^(connect|http)\.timeout$/.test(code)) {
    return timeout;
  }
  if (code === "auth.non-ascii") {
    return {
      javaScript:
        "TypeError: Cannot convert argument to a ByteString because the character at index 7 has a value greater than 255",
      python: "UnicodeEncodeError: 'ascii' codec can't encode character",
    };
  }
  if (code === "address.scheme-missing" || code === "address.invalid") {
    return { javaScript: "TypeError: Invalid URL", python: connection.python };
  }
  return /^(name|connect|tls)\./.test(code) ? connection : undefined;
}
