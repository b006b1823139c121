/** Tells a path on the server's disk from the name of a model. */

/** `/models/Qwen3-8B`, `./qwen`, `C:\models\qwen.gguf`; not `Qwen/Qwen3-8B`, which is a repository. */
export function isModelPath(id: string): boolean {
  return /^(~?[/\\]|\.{1,2}[/\\]|[A-Za-z]:[/\\])/.test(id);
}
