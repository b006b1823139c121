import type {
  FindingView,
  RungView,
  RunHead,
  RunSnapshot,
  VectorView,
} from "../../../src/shared/runPanel.ts";

const chatHead: RunHead = {
  runId: "run-1",
  kind: "chat",
  startedAtMs: Date.parse("2026-11-20T10:00:00Z"),
  endpointName: "SGLang chat",
  baseUrl: "http://localhost:30000/v1",
  model: "Qwen3-8B",
  machine: "this computer",
  key: "secret …abcd",
  input: "Why is the sky blue?",
};

export function runOf(head: Partial<RunHead>, rest: Partial<RunSnapshot> = {}): RunSnapshot {
  return { head: { ...chatHead, ...head }, answer: "", reasoning: "", rungs: [], findings: [], ...rest };
}

export const finished: RunSnapshot["end"] & object = {
  state: "finished",
  finishReason: "stop",
  usage: { promptTokens: 1234, completionTokens: 567, reasoningTokens: 89 },
  timings: { ttftMs: 214.4, endToEndMs: 8_420, tokensPerSecond: 68.94 },
};

/** A stream that thought first, measured in full. */
export const measured: RunSnapshot["end"] & object = {
  ...finished,
  timings: {
    ttftMs: 214.4,
    firstAnswerMs: 2_810,
    endToEndMs: 8_420,
    tpotMs: 14.5,
    tokensPerSecond: 68.94,
    gaps: { count: 59, meanMs: 136.2, p50Ms: 98.4, p95Ms: 412.5, maxMs: 1_204 },
    timeline: Array.from({ length: 60 }, (_, index) => ({
      atMs: 214.4 + index * 136.2 + (index % 7) * 9,
      chunks: 1,
      characters: 2 + ((index * 37) % 90),
      lane: index < 19 ? ("reasoning" as const) : ("answer" as const),
    })),
    connection: { lookupMs: 0.4, connectMs: 1.2, tlsMs: 18.3, waitingMs: 191.7 },
    bytes: 48_213,
  },
};

export const toolCalls: RunSnapshot["toolCalls"] & object = [
  {
    id: "call_9f2c",
    name: "get_weather",
    argumentsText: '{"city":"Köln","days":[1,2],"station":12345678901234567890,"exact":true}',
  },
  { id: "call_9f2d", name: "search", argumentsText: '{"query":"sky' },
  { name: "now", argumentsText: "" },
];

export const refused: FindingView = {
  code: "connect.refused",
  severity: "blocker",
  title: "Nothing listens on port 30000",
  explanation:
    "The machine answered that the port is closed. The server is not running, listens on another port, or only inside its container.",
  evidence: [
    "connect 127.0.0.1:30000 → ECONNREFUSED after 0.4 ms",
    "connect [::1]:30000 → ECONNREFUSED after 0.2 ms",
  ],
  fixes: [
    { id: "start", label: "Copy launch command" },
    { id: "url", label: "Use http://localhost:8000/v1" },
    { id: "settings", label: "Open Settings" },
  ],
};

export const missingV1: FindingView = {
  code: "address.missing-v1",
  severity: "warning",
  title: "The base URL lacks /v1",
  explanation: "The server answers below /v1. Programs that use this base URL will get 404.",
  evidence: Array.from({ length: 14 }, (_, index) => `GET /models/${index} → 404 {"detail":"Not Found"}`),
  fixes: [{ id: "v1", label: "Set base URL to http://localhost:30000/v1" }],
};

export const notListed: FindingView = {
  code: "model.not-listed",
  severity: "note",
  title: "The model answers but is not listed",
  explanation: "Some gateways list only a part of what they serve.",
  evidence: ["GET /v1/models → 200, 3 models"],
  fixes: [{ id: "models", label: "List Models" }],
};

const rungLabels = [
  "Address",
  "Name",
  "Connect",
  "TLS",
  "HTTP",
  "Authentication",
  "Model list",
  "Model",
  "Chat request",
];
const rungIds = ["address", "name", "connect", "tls", "http", "auth", "models", "model", "chat"] as const;

/** A ladder of which the first rungs have these states. */
export function ladderOf(...statuses: readonly RungView["status"][]): RungView[] {
  return rungIds.map((id, index) => {
    const status = statuses[index] ?? "not-reached";
    const evidence =
      status === "not-reached" || status === "running"
        ? []
        : [`${id}: 127.0.0.1:30000`, "answered after 1.2 ms"];
    return {
      id,
      label: rungLabels[index]!,
      status,
      durationMs: status === "skipped" ? 0 : 0.4 + index * 13.7,
      evidence,
      variations: [],
      exchanges: [],
      modelRequests: id === "chat" && status !== "not-reached" ? 3 : 0,
    };
  });
}

export const vector: VectorView = {
  dimensions: 2560,
  norm: 1.0000001,
  head: [
    0.0212, -0.0431, 0.0067, 0.0598, -0.0123, -0.0302, 0.0411, 0.0004, -0.0577, 0.0193, 0.0288, -0.0071,
    0.0345, -0.0216, 0.000002, -0.0009,
  ],
  min: -0.1187,
  max: 0.1043,
  mean: -0.00021,
};

export const richAnswer = `The sky is blue because of **Rayleigh scattering**: air molecules scatter short wavelengths far more than long ones.

### In numbers

The scattered intensity grows with $1/\\lambda^4$, so blue light at 450 nm is scattered about *4.4 times* as much as red light at 650 nm.

| Colour | Wavelength | Relative |
| :-- | --: | :-: |
| Blue | 450 nm | 4.35 |
| Green | 530 nm | 2.26 |
| Red | 650 nm | 1.00 |

1. Sunlight enters the atmosphere.
2. Compute the ratio yourself:

   \`\`\`bash
   python3 ratio.py --blue 450 --red 650
   \`\`\`

3. Compare with \`4.35\`, see [the article](https://en.wikipedia.org/wiki/Rayleigh_scattering).

\`\`\`python
from dataclasses import dataclass

@dataclass
class Light:
    """A colour and its wavelength."""
    name: str
    nanometres: float = 450.0

def ratio(a: Light, b: Light) -> float:
    return (b.nanometres / a.nanometres) ** 4  # Rayleigh

print(f"{ratio(Light('blue'), Light('red', 650)):.2f}")
\`\`\`

> At sunset the light's path is longer, and what is left is red.

![A diagram of the scattering](https://example.com/rayleigh.png)
`;

export const reasoning = `The user asks a classic question.

I should mention Rayleigh scattering, and that violet is absorbed higher up and our eyes are less sensitive to it.
Let me compute (650/450)^4 = 4.35.`;

const asked = { parentId: "run-1", input: "Why is the sky blue?", machine: "this computer" } as const;

/** A run of the comparison `run-1`. */
export function columnOf(
  runId: string,
  endpointName: string,
  model: string,
  rest: Partial<RunSnapshot> = {},
): RunSnapshot {
  return runOf({ ...asked, runId, endpointName, model }, rest);
}

export function compareOf(columns: readonly RunSnapshot[], rest: Partial<RunSnapshot> = {}): RunSnapshot {
  const names = columns.map(({ head }) => head.endpointName).join(" · ");
  const models = columns.map(({ head }) => head.model).join(" · ");
  return runOf(
    { kind: "compare", endpointName: names, model: models, baseUrl: "", key: "" },
    { columns, ...rest },
  );
}

/** Three that have begun. */
export const threeColumns: readonly RunSnapshot[] = [
  columnOf("a", "SGLang chat", "Qwen3-8B"),
  columnOf("b", "vLLM on the GPU box", "Qwen/Qwen3-32B-AWQ"),
  columnOf("c", "llama.cpp", "qwen3-8b-q4_k_m.gguf"),
];

/** One thought, one was quicker and counted nothing, one was not there, one was stopped. */
export const comparedAll: RunSnapshot = compareOf(
  [
    columnOf("a", "SGLang chat", "Qwen3-8B", { answer: richAnswer, reasoning, end: measured }),
    columnOf("b", "llama.cpp", "qwen3-8b-q4_k_m.gguf", {
      answer: "Because of **Rayleigh scattering**.",
      end: {
        state: "finished",
        finishReason: "length",
        estimate: { estimated: true, completionTokens: 9, method: "characters" },
        timings: {
          ttftMs: 96.2,
          firstAnswerMs: 96.2,
          endToEndMs: 1_830,
          tpotMs: 21.7,
          tokensPerSecond: 46.1,
          estimated: true,
          bytes: 2_113,
        },
      },
    }),
    columnOf("c", "vLLM on the GPU box", "Qwen/Qwen3-32B-AWQ", {
      findings: [refused],
      end: { state: "failed", timings: { endToEndMs: 4 } },
    }),
    columnOf("d", "DashScope", "qwen-plus", {
      answer: "The sky is blue, because",
      toolCalls,
      end: { state: "stopped", timings: { ttftMs: 402, endToEndMs: 950 } },
    }),
  ],
  { end: { state: "finished" } },
);
