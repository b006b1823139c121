/**
 * A literal `extra_body` in the JSON: an argument of the Python SDK that was copied into the request itself.
 * OpenAI refuses it, SGLang, vLLM, llama.cpp and Ollama ignore it with all it holds (facts: servers.md 0.10).
 */

import type { Finding } from "../diagnosis/finding.ts";

type Fields = Readonly<Record<string, unknown>>;

function contentOf(body: Fields): Fields | undefined {
  const content = body["extra_body"];
  return typeof content === "object" && content !== null && !Array.isArray(content)
    ? (content as Fields)
    : undefined;
}

/** The same fields with what `extra_body` holds at the top level, as the Python SDK would have sent them. */
export function mergeExtraBody(body: Fields): Fields {
  const { extra_body: _, ...others } = body;
  return { ...others, ...contentOf(body) };
}

/** The finding for a request that was answered all the same; undefined where there is no literal `extra_body`. */
export function judgeExtraBody(body: Fields): Finding | undefined {
  if (!("extra_body" in body)) {
    return undefined;
  }
  const evidence = [`"extra_body": ${JSON.stringify(body["extra_body"])}`.slice(0, 300)];
  return { code: "request.extra-body", severity: "warning", evidence, fixes: [{ kind: "merge-extra-body" }] };
}

/** Gives a server's own refusal of it the fix. */
export function withMergeFix(findings: readonly Finding[], body: Fields): readonly Finding[] {
  return findings.map((finding) =>
    finding.code === "request.extra-body" && "extra_body" in body
      ? { ...finding, fixes: [{ kind: "merge-extra-body" }, ...finding.fixes] }
      : finding,
  );
}
