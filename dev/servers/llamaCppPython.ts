import { existsSync } from "node:fs";
import { join } from "node:path";
import { finishProcess, hasCommand } from "../processes.ts";
import { Trouble } from "../trouble.ts";
import type { RealServer } from "./realServer.ts";

/** llama-cpp-python's server with a model of random weights: what it says is noise, how it says it is real. */
export const llamaCppPython: RealServer = {
  name: "llama-cpp-python",
  packages: ["llama-cpp-python[server]", "gguf"],
  readyPath: "/v1/models",
  prepare: async (folder, bin, port) => {
    const model = join(folder, "tiny.gguf");
    if (!existsSync(model)) {
      const script = join(import.meta.dirname, "tinyModel.py");
      const { code, output } = await finishProcess(join(bin, "python"), [script, model]);
      if (code !== 0) throw new Trouble(`The tiny model could not be written:\n${output}`);
    }
    const args = ["-m", "llama_cpp.server", "--model", model, "--model_alias", "tiny-qwen"];
    return {
      command: join(bin, "python"),
      args: [...args, "--host", "127.0.0.1", "--port", String(port), "--n_ctx", "256"],
    };
  },
  checks: [
    {
      name: "answers with noise",
      path: "/v1",
      args: ["--model", "tiny-qwen", "--task", "chat", "--depth", "basic"],
      expect: { code: 0, findings: [] },
    },
    {
      name: "has nothing without /v1",
      path: "",
      args: ["--model", "tiny-qwen", "--task", "chat", "--depth", "basic"],
      expect: { code: 1, findings: ["address.missing-v1"] },
    },
  ],
};

/** It is compiled while it is installed. */
export function compilerMissing(): string | undefined {
  return hasCommand("c++") || hasCommand("g++") || hasCommand("clang++") ? undefined : "a C++ compiler";
}
