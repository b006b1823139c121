/** A JSON value as Python's `repr` writes it, which is how the Python SDK quotes a body. */

export function pythonRepr(value: unknown): string {
  if (typeof value === "string") {
    return quoted(value);
  }
  if (value === null || value === undefined) {
    return "None";
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonRepr).join(", ")}]`;
  }
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([key, field]) => `${quoted(key)}: ${pythonRepr(field)}`)
      .join(", ")}}`;
  }
  return typeof value === "number" ? String(value) : "None";
}

/** Single quotes, unless the text has some and no double ones. */
function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(mark, `\\${mark}`);
  return `${mark}${escaped}${mark}`;
}
