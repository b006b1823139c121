import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary.ts";

/** A small workspace that knows the demo endpoint; it is gone when this process exits. */
export function writeDemoWorkspace(baseUrl: string): string {
  const folder = join(temporaryFolder("demo").path, "qwen-demo");
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  const demo = {
    id: "demo",
    name: "Demo (no model)",
    baseUrl,
    key: { from: "none" },
    models: { chat: "demo-chat", embedding: "demo-embedding", rerank: "demo-reranker" },
  };
  writeFileSync(
    join(folder, ".vscode", "settings.json"),
    JSON.stringify({ "qwen.endpoints": [demo] }, null, 2),
  );
  writeFileSync(join(folder, "README.md"), readme);
  writeFileSync(join(folder, "example.py"), example);
  return folder;
}

const readme = `# Qwen Endpoints: demo workspace

1. Click the Qwen icon in the activity bar: the demo endpoint is there, with its models.
2. Open \`example.py\`, select a function and run "Qwen: Ask About Selection" from the palette (F1).
3. Run "Qwen: Test Endpoint". Then change the port in \`.vscode/settings.json\` and test again.

The demo endpoint has no model: it derives its replies from your prompt. Add one of your own with "Qwen: Add Endpoint".
`;

const example = `def cosine(a: list[float], b: list[float]) -> float:
    """Cosine similarity of two vectors."""
    dot = sum(x * y for x, y in zip(a, b))
    norm_a = sum(x * x for x in a) ** 0.5
    norm_b = sum(y * y for y in b) ** 0.5
    return dot / (norm_a * norm_b)


def average(values: list[float]) -> float:
    return sum(values) / len(values)  # what if values is empty?
`;
