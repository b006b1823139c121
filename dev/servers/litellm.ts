import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RealServer } from "./realServer.ts";

const key = "sk-test-servers";
const keyed = ["--key-env", "SERVERS_KEY"];

/** LiteLLM's proxy with one model that answers by itself and one whose server is down. */
export const litellm: RealServer = {
  name: "litellm",
  packages: ["litellm[proxy]"],
  readyPath: "/health/liveliness",
  prepare: (folder, bin, port) => {
    const config = join(folder, "config.yaml");
    writeFileSync(config, configuration);
    return Promise.resolve({
      command: join(bin, "litellm"),
      args: ["--config", config, "--host", "127.0.0.1", "--port", String(port)],
      env: { LITELLM_LOCAL_MODEL_COST_MAP: "True" },
    });
  },
  checks: [
    {
      name: "answers with its master key",
      path: "/v1",
      args: [...keyed, "--model", "qwen3-8b", "--depth", "basic"],
      env: { SERVERS_KEY: key },
      expect: { code: 0, findings: [] },
    },
    {
      name: "refuses another key",
      path: "/v1",
      args: [...keyed, "--model", "qwen3-8b"],
      env: { SERVERS_KEY: "sk-another-key" },
      expect: { code: 1, findings: ["auth.rejected"] },
    },
    {
      name: "does not know a model in other capitals",
      path: "/v1",
      args: [...keyed, "--model", "Qwen3-8B", "--depth", "basic"],
      env: { SERVERS_KEY: key },
      expect: { code: 1, findings: ["model.unknown"] },
    },
    {
      name: "says that the server behind a model is down",
      path: "/v1",
      args: [...keyed, "--model", "dead-upstream", "--depth", "basic"],
      env: { SERVERS_KEY: key },
      expect: { code: 1, findings: ["server.no-upstream"] },
    },
    {
      name: "has no second /v1",
      path: "/v1/v1",
      args: [...keyed, "--model", "qwen3-8b", "--depth", "basic"],
      env: { SERVERS_KEY: key },
      expect: { code: 1, findings: ["address.doubled-v1"] },
    },
  ],
};

const configuration = `model_list:
  - model_name: qwen3-8b
    litellm_params:
      model: openai/qwen3-8b
      api_key: none
      api_base: http://127.0.0.1:9/v1
      mock_response: "pong"
  - model_name: dead-upstream
    litellm_params:
      model: openai/dead-upstream
      api_key: none
      api_base: http://127.0.0.1:9/v1
general_settings:
  master_key: ${key}
`;
