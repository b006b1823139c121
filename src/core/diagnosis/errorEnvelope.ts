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

/** So much of what a provider said is quoted by the gateway before it (OpenRouter). */
const quotedKept = 1000;

/** The error in a reply body, or undefined when the body holds none that we know. */
export function readServerError(body: unknown, depth: number = 0): ServerError | undefined {
  // SiliconFlow answers a bad token with a JSON string.
  if (typeof body === "string") {
    return { message: body, code: "", type: "" };
  }
  // Gemini's OpenAI-compatible API wraps its error in a list of one.
  const fields: unknown = Array.isArray(body) ? body[0] : body;
  if (!isFields(fields) || depth > deepest) {
    return undefined;
  }
  // ModelScope writes `errors` on some routes, SGLang and LM Studio a plain string in `error`.
  const wrapped = [fields["error"], fields["errors"], fields["detail"]].find(saysSomething);
  if (typeof wrapped === "string") {
    return { message: wrapped, code: codeOf(fields), type: textOf(fields["error_type"] ?? fields["type"]) };
  }
  if (Array.isArray(wrapped) && isProblem(wrapped[0])) {
    return { message: validationMessage(wrapped), code: "", type: "validation" };
  }
  if (isFields(wrapped) || Array.isArray(wrapped)) {
    return readServerError(wrapped, depth + 1);
  }
  const message = fields["message"] ?? fields["msg"];
  return typeof message === "string"
    ? {
        message: `${message}${quoted(fields["metadata"])}`,
        code: codeOf(fields),
        type: textOf(fields["type"]),
      }
    : undefined;
}

/** Is this reply with a 2xx an error all the same? LM Studio, OpenRouter and older vLLM and SGLang send such. */
export function holdsError(body: unknown): boolean {
  if (!isFields(body)) {
    return false;
  }
  const { error, errors } = body;
  // SiliconFlow and DashScope's native API: `{code, message}` without anything that was asked for.
  const isFlat =
    typeof body["message"] === "string" &&
    "code" in body &&
    !["choices", "data", "output", "results"].some((field) => (body[field] ?? null) !== null) &&
    ![0, 200, "0", "200", "", null].includes(body["code"] as never);
  return saysSomething(error) || saysSomething(errors) || body["object"] === "error" || isFlat;
}

/** Some servers write their error fields into every answer, empty where nothing is wrong. */
function saysSomething(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.keys(value).length > 0
    : ![undefined, null, "", false].includes(value as never);
}

function isProblem(value: unknown): boolean {
  return isFields(value) && "msg" in value;
}

/** FastAPI's list of validation problems: `[{loc, msg, type}]`. */
function validationMessage(problems: readonly unknown[]): string {
  return problems
    .filter(isFields)
    .map(({ loc, msg }) => `${Array.isArray(loc) ? loc.join(".") : ""}: ${textOf(msg)}`)
    .join("; ");
}

/** OpenRouter says "Provider returned error" and what the provider said in `metadata.raw`. */
function quoted(metadata: unknown): string {
  const raw = isFields(metadata) ? metadata["raw"] : undefined;
  return typeof raw === "string" ? ` ${raw.slice(0, quotedKept)}` : "";
}

/** TGI writes `http_status_code` into the errors of a stream. */
function codeOf(fields: Fields): string {
  return textOf(fields["code"] ?? fields["http_status_code"] ?? fields["error_code"]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
