import type { FindingView, RungView, RunSnapshot, TestRowView } from "../../../src/shared/runPanel.ts";
import { runOf } from "./runs.ts";

type ExchangeView = RungView["exchanges"][number];

const request = {
  authorization: "Bearer •••",
  "content-type": "application/json",
  "user-agent": "qwen-endpoints/0.1.0",
};

function exchange(changes: Partial<ExchangeView>): ExchangeView {
  return {
    method: "GET",
    url: "http://localhost:3000/v1/models",
    requestHeaders: request,
    status: 200,
    replyHeaders: { "content-type": "application/json", server: "uvicorn" },
    replyBody: "",
    role: "rung",
    durationMs: 3.2,
    ...changes,
  };
}

const tei = exchange({
  status: 404,
  replyHeaders: { "x-compute-type": "cpu", "content-length": "0", date: "Sat, 21 Nov 2026 09:12:41 GMT" },
});

const served = exchange({
  url: "http://localhost:30000/v1/models",
  role: "variation",
  durationMs: 6.8,
  replyBody: JSON.stringify({
    object: "list",
    data: [
      {
        id: "Qwen3-Embedding-4B",
        object: "model",
        created: 1_764_000_000,
        owned_by: "sglang",
        root: "/models/Qwen3-Embedding-4B",
        max_model_len: 32_768,
      },
    ],
  }),
});

/** No status, as no reply came. */
const refusedElsewhere: ExchangeView = {
  method: "GET",
  url: "http://localhost:8000/v1/models",
  requestHeaders: request,
  replyHeaders: {},
  replyBody: "",
  fault: "ECONNREFUSED",
  role: "variation",
  durationMs: 0.4,
};

function rung(id: RungView["id"], label: string, changes: Partial<RungView> = {}): RungView {
  const nothing = { evidence: [], variations: [], exchanges: [], modelRequests: 0 };
  return { id, label, status: "passed", durationMs: 0.3, ...nothing, ...changes };
}

const notReached = { status: "not-reached", durationMs: 0 } as const;

/** Port 3000 for 30000: a TEI answers there, and the SGLang is found next door. */
const wrongPortRungs: readonly RungView[] = [
  rung("address", "Address", { evidence: ["http://localhost:3000/v1"] }),
  rung("name", "Host name", {
    durationMs: 1.1,
    evidence: ["localhost → 127.0.0.1", "localhost → ::1"],
  }),
  rung("connect", "Connection", {
    status: "warned",
    durationMs: 2.4,
    evidence: ["127.0.0.1:3000 → connected (1 ms)", "[::1]:3000 → ECONNREFUSED (0 ms)"],
  }),
  rung("tls", "TLS", { status: "skipped", durationMs: 0, evidence: ["http"] }),
  rung("http", "HTTP", {
    status: "failed",
    durationMs: 18.7,
    evidence: ["GET http://localhost:3000/v1/models → 404", "x-compute-type: cpu"],
    variations: [
      { what: "http://localhost:3000/models", outcome: "404", worked: "no" },
      { what: "http://localhost:8000/v1", outcome: "ECONNREFUSED", worked: "no" },
      { what: "http://localhost:30000/v1", outcome: "200, 1 model: Qwen3-Embedding-4B", worked: "yes" },
    ],
    exchanges: [
      tei,
      { ...tei, url: "http://localhost:3000/models", role: "variation" },
      refusedElsewhere,
      served,
    ],
  }),
  rung("server", "Server", notReached),
  rung("health", "Health", notReached),
  rung("auth", "Key", notReached),
  rung("models", "Models", notReached),
  rung("model", "Model", notReached),
  rung("embedding", "Embedding", notReached),
];

const wrongPort: FindingView = {
  code: "http.wrong-path",
  severity: "blocker",
  title: "The path does not exist on this server",
  explanation:
    "Something answers on this port, but it has no OpenAI-compatible routes below this base URL. Usually the port is another server's, or /v1 is missing or doubled.",
  remedy:
    "On port 3000 a Text Embeddings Inference server answers. SGLang listens on port 30000 unless --port says otherwise, and was found there with Qwen3-Embedding-4B.",
  evidence: [
    "GET http://localhost:3000/v1/models → 404",
    "GET http://localhost:30000/v1/models → 200 (application/json)",
  ],
  sdk: [
    "openai (JavaScript): NotFoundError: 404 status code (no body)",
    "openai (Python): openai.NotFoundError: Error code: 404",
  ],
  fixes: [
    {
      id: "http.wrong-path:0",
      label: "Set base URL to http://localhost:30000/v1",
      detail: "baseUrl: http://localhost:3000/v1 → http://localhost:30000/v1",
    },
    { id: "http.wrong-path:1", label: "Open settings" },
    { id: "http.wrong-path:2", label: "Test again" },
  ],
};

const localhost: FindingView = {
  code: "connect.ipv6-only",
  severity: "warning",
  title: "Only one of the addresses takes connections",
  explanation: "localhost means 127.0.0.1 and ::1 here, and the server listens on the first alone.",
  evidence: ["127.0.0.1:3000 → connected (1 ms)", "[::1]:3000 → ECONNREFUSED (0 ms)"],
  fixes: [
    {
      id: "connect.ipv6-only:0",
      label: "Use model Qwen3-Embedding-4B",
      detail: "models.embedding: not set → Qwen3-Embedding-4B",
    },
  ],
};

const head = {
  kind: "test",
  endpointName: "SGLang embeddings",
  baseUrl: "http://localhost:3000/v1",
  model: "Qwen3-Embedding-4B",
  input: "",
} as const;

export const wrongPortTest: RunSnapshot = runOf(head, {
  rungs: wrongPortRungs,
  findings: [wrongPort, localhost],
  verdict: { tone: "bad", text: "Stopped at HTTP: The path does not exist on this server" },
  end: { state: "failed" },
});

export const testRows: readonly TestRowView[] = [
  {
    endpointId: "gpu",
    name: "vLLM on the GPU box",
    state: "failed",
    text: "Nothing listens on this port",
    model: "Qwen/Qwen3-32B",
    durationMs: 4.2,
  },
  {
    endpointId: "bailian",
    name: "DashScope（百炼）",
    state: "failed",
    text: "The key belongs to another region",
    model: "qwen3-max",
    durationMs: 412,
  },
  {
    endpointId: "rerank",
    name: "Reranker",
    state: "warnings",
    text: "The order of the scores is near random",
    model: "Qwen3-Reranker-0.6B",
    durationMs: 1_240,
  },
  {
    endpointId: "sglang",
    name: "SGLang embeddings",
    state: "healthy",
    text: "answers in 7 ms",
    model: "Qwen3-Embedding-4B",
    durationMs: 86,
  },
  { endpointId: "slow", name: "llama.cpp, CPU only", state: "running", text: "", model: "qwen3-0.6b" },
  { endpointId: "last", name: "LM Studio", state: "waiting", text: "", model: "" },
];

const allHead = { kind: "tests", endpointName: "All endpoints", baseUrl: "", model: "", input: "" } as const;

export const runningTests: RunSnapshot = runOf(allHead, { tests: testRows });

export const endedTests: RunSnapshot = runOf(allHead, {
  tests: testRows.filter(({ durationMs }) => durationMs !== undefined),
  verdict: { tone: "bad", text: "4 endpoints: 2 failed, 1 with warnings" },
  end: { state: "finished" },
});

export const noTests: RunSnapshot = runOf(allHead, { tests: [], end: { state: "finished" } });
