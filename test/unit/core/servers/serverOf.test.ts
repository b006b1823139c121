import assert from "node:assert/strict";

import { type Health, unknownHealth } from "../../../../src/core/endpoint/health.ts";
import { serverOf } from "../../../../src/core/servers/serverOf.ts";
import { anEndpoint, aReport } from "../../../support/builders.ts";

const checked: Health = { ...unknownHealth, server: "llama.cpp" };

describe("the server of an endpoint", () => {
  it("is what the last test found, then what the last check saw, then what the address says", () => {
    const endpoint = anEndpoint();
    const { baseUrl } = endpoint;
    assert.equal(serverOf(endpoint, aReport({ baseUrl, serverId: "sglang" }), checked), "sglang");
    assert.equal(serverOf(endpoint, aReport({ baseUrl }), checked), "llama.cpp");
    assert.equal(serverOf(endpoint, undefined, unknownHealth), undefined);
  });

  it("is not taken from a report of another address", () => {
    const report = aReport({ baseUrl: "http://elsewhere.invalid/v1", serverId: "vllm" });
    assert.equal(serverOf(anEndpoint(), report, undefined), undefined);
  });

  const addresses = {
    "https://dashscope.aliyuncs.com/compatible-mode/v1": "dashscope",
    "https://dashscope-intl.aliyuncs.com/api/v1": "dashscope",
    "https://ws1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1": "dashscope",
    "https://api.siliconflow.cn/v1": "siliconflow",
    "https://api.siliconflow.com/v1": "siliconflow",
    "https://openrouter.ai/api/v1": "openrouter",
    "https://api-inference.modelscope.cn/v1": "modelscope",
    "https://api.openai.com/v1": "openai",
    "https://mine.openai.azure.com/openai/v1": "azure",
    "http://localhost:30000/v1": undefined,
    "https://openrouter.ai.invalid/v1": undefined,
  };
  for (const [baseUrl, server] of Object.entries(addresses)) {
    it(`is ${server ?? "not known"} at ${baseUrl}`, () => {
      assert.equal(serverOf(anEndpoint({ baseUrl }), undefined, undefined), server);
    });
  }
});
