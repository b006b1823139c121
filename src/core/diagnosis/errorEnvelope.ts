/** The many envelopes in which servers wrap an error, read as one (facts: servers.md, table 0.1 "error envelope"). */

export interface ServerError {
  readonly message: string;
  /** The server's own code, as text; empty when it sends none. */
  readonly code: string;
  readonly type: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Parses text as JSON; undefined where it is none. (A JSON body is never undefined.) */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Envelopes within envelopes; more is made to exhaust the stack. */
const deepest = 5;

/** The error in a reply body, or undefined when the body holds none that we know. */
export function readServerError(body: unknown, depth: number = 0): ServerError | undefined {
  // SiliconFlow answers a bad token with a JSON string.
  if (typeof body === "string") {
    return { message: body, code: "", type: "" };
  }
  if (!isFields(body) || depth > deepest) {
    return undefined;
  }
  // ModelScope writes `errors` on some routes, SGLang and LM Studio a plain string in `error`.
  const wrapped = body["error"] ?? body["errors"] ?? body["detail"];
  if (typeof wrapped === "string") {
    return { message: wrapped, code: textOf(body["code"]), type: textOf(body["error_type"] ?? body["type"]) };
  }
  if (Array.isArray(wrapped)) {
    return { message: validationMessage(wrapped), code: "", type: "validation" };
  }
  if (isFields(wrapped)) {
    return readServerError(wrapped, depth + 1);
  }
  return typeof body["message"] === "string"
    ? { message: body["message"], code: textOf(body["code"]), type: textOf(body["type"]) }
    : undefined;
}

/** FastAPI's list of validation problems: `[{loc, msg, type}]`. */
function validationMessage(problems: readonly unknown[]): string {
  return problems
    .filter(isFields)
    .map(({ loc, msg }) => `${Array.isArray(loc) ? loc.join(".") : ""}: ${textOf(msg)}`)
    .join("; ");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
