/** Which of the fields we sent a server refuses, and the limit it names: so that a click can send again without it. */

import { parseJson, readServerError } from "../diagnosis/errorEnvelope.ts";
import type { Finding, Fix } from "../diagnosis/finding.ts";
import { type Fields, fieldsOf, textOf } from "./fields.ts";
import { namedLimit } from "./namedLimit.ts";

/** Gives a refusal the fixes for the field it names, and the field as evidence. */
export function withParameterFixes(
  findings: readonly Finding[],
  body: string,
  extra: Fields,
): readonly Finding[] {
  return findings.map((finding) => {
    const sent = /^(request|thinking)\./.test(finding.code) ? refusedField(body, extra) : undefined;
    if (sent === undefined) {
      return finding;
    }
    const { name, value } = sent;
    const limit = typeof value === "number" ? namedLimit(messageOf(body), value) : undefined;
    const fixes: readonly Fix[] = [
      ...(limit === undefined ? [] : [{ kind: "set-parameter", name, value: limit } as const]),
      { kind: "drop-parameter", name },
    ];
    const evidence = `"${name}": ${JSON.stringify(value)}`.slice(0, longestEvidence);
    return { ...finding, evidence: [...finding.evidence, evidence], fixes: [...fixes, ...finding.fixes] };
  });
}

const longestEvidence = 300;

interface SentField {
  /** With a dot before the name inside an object. */
  readonly name: string;
  /** Without what is before the dot. */
  readonly leaf: string;
  readonly value: unknown;
}

function refusedField(body: string, extra: Fields): SentField | undefined {
  const sent = sentFields(extra);
  const param = /^(?:(?:body|parameters?)\.)?(\w+)/.exec(paramOf(body))?.[1];
  const message = messageOf(body);
  return (
    sent.find(({ name }) => name === param) ??
    earliest(sent, (field) => mention(message, field.leaf)) ??
    earliest(sent, ({ leaf }) => message.search(otherWords[leaf] ?? nothing))
  );
}

/** The fields of the body, then those inside of the objects that hold switches. `extra_body` has a fix of its own. */
function sentFields(extra: Fields): readonly SentField[] {
  const fields = Object.entries(extra).filter(([name]) => name !== "extra_body");
  return [
    ...fields.map(([name, value]) => ({ name, leaf: name, value })),
    ...fields
      .filter(([name]) => switches.has(name))
      .flatMap(([name, value]) =>
        Object.entries(fieldsOf(value) ?? {}).map(([leaf, inside]) => ({
          name: `${name}.${leaf}`,
          leaf,
          value: inside,
        })),
      ),
  ];
}

const switches: ReadonlySet<string> = new Set([
  "chat_template_kwargs",
  "reasoning",
  "thinking",
  "parameters",
]);

/** OpenAI's and vLLM's field for it: `temperature`, or `body.temperature` of pydantic. */
function paramOf(body: string): string {
  const reply = fieldsOf(parseJson(body));
  return textOf((fieldsOf(reply?.["error"]) ?? reply)?.["param"]) ?? "";
}

/** pydantic repeats the whole request after what is wrong with it, and there every field is named. */
function messageOf(body: string): string {
  const message = readServerError(parseJson(body))?.message ?? body;
  return message.replace(/['"]input['"]: .*$/s, "").slice(0, mostRead);
}

const mostRead = 4000;

function earliest(sent: readonly SentField[], at: (field: SentField) => number): SentField | undefined {
  const named = sent.map((field) => ({ field, at: at(field) })).filter((each) => each.at !== -1);
  return named.toSorted((one, other) => one.at - other.at)[0]?.field;
}

/** Where a name is mentioned, or -1. A name that is also a word (`stop`) has to stand like a name: quoted, at the start, or as what is talked about. */
function mention(message: string, name: string): number {
  const plain = name.replace(/[^\w]/g, "\\$&");
  if (/[_\d]/.test(name) || name === "temperature") {
    return message.search(new RegExp(`(?<!\\w)${plain}(?!\\w)`, "i"));
  }
  return message.search(
    new RegExp(
      `^${plain}\\b|['"\`]${plain}['"\`]|(param(eter)?s?|field|argument|property|supplied:|body|unsupported|unknown)[ .:]+${plain}\\b|(?<!\\w)${plain} (param|field|must|should|cannot|has to|supports|is not)`,
      "i",
    ),
  );
}

const nothing = /(?!)/;

/**
 * What servers call a field by another name: max_new_tokens of SGLang and TGI, max_total_tokens of SiliconFlow, the penalty that TGI
 * makes of presence_penalty, Ollama's thinking (server/routes.go, openai/openai.go), DashScope's tool calls (page of error codes).
 */
const otherWords: Readonly<Record<string, RegExp>> = {
  max_tokens: /max_(new|total|completion|output)_tokens/i,
  max_completion_tokens: /max_(new|total|output)_tokens/i,
  presence_penalty: /repetition_penalty/i,
  reasoning_effort: /(support|reasoning) (thinking|value)/i,
  tools: /\btool.?(calls?|choice|use)\b/i,
};
