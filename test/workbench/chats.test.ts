import assert from "node:assert/strict";

import type { Frame } from "playwright-core";

import {
  type Fields,
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
} from "../support/scriptedModel.ts";
import { openWithEndpoints, selectAll, until, type Workbench } from "./openWithEndpoints.ts";
import { pictures } from "./themes.ts";

/** The requests as a developer has them in a file. */
const files = {
  "question.md": "How is attention scaled?\n",
  "weather.json": JSON.stringify(
    {
      messages: [{ role: "user", content: "Is it warmer in 杭州 or in Berlin?" }],
      tools: [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }],
    },
    null,
    2,
  ),
  "hot.json": JSON.stringify({
    messages: [{ role: "user", content: "Be creative." }],
    temperature: 9,
  }),
};

const reasoning =
  "The question is about scaled dot-product attention. The dot products grow with the dimension of the keys, so they are divided by its square root.";

const answer = `Attention divides each score by $\\sqrt{d_k}$:

$$
\\operatorname{Attention}(Q, K, V) = \\operatorname{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V
$$

Without it the softmax saturates as $d_k$ grows.

\`\`\`python
scores = q @ k.T / d_k**0.5
weights = softmax(scores)
\`\`\`
`;

const delta = (fields: Fields, finish: string | null = null): Fields => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  model: "Qwen3-8B",
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
});

const usage = {
  choices: [],
  usage: { prompt_tokens: 24, completion_tokens: 118, completion_tokens_details: { reasoning_tokens: 31 } },
};

const call = (index: number, city: string): readonly Fields[] => [
  delta({
    tool_calls: [
      { index, id: `call_${index}`, type: "function", function: { name: "get_weather", arguments: "" } },
    ],
  }),
  delta({ tool_calls: [{ index, function: { arguments: `{"city": "${city}", ` } }] }),
  delta({ tool_calls: [{ index, function: { arguments: '"unit": "celsius"}' } }] }),
];

function chat(request: Fields): ScriptedReply {
  if (request["temperature"] === 9) {
    const message = "temperature must be in [0, 2], got 9.";
    return {
      status: 400,
      body: { error: { message, type: "BadRequestError", param: "temperature", code: 400 } },
    };
  }
  if (request["tools"] !== undefined) {
    return { events: [...call(0, "杭州"), ...call(1, "Berlin"), delta({}, "tool_calls"), usage] };
  }
  const thoughts = reasoning.match(/.{1,12}/g) ?? [];
  const words = answer.match(/[\s\S]{1,12}/g) ?? [];
  return {
    events: [
      ...thoughts.map((piece) => delta({ reasoning_content: piece })),
      ...words.map((piece) => delta({ content: piece })),
      delta({}, "stop"),
      usage,
    ],
  };
}

describe("chats in the window", () => {
  let workbench: Workbench;
  let model: ScriptedModel;
  let page: Frame;
  before(async () => {
    model = await startScriptedModel({
      models: { object: "list", data: [{ id: "Qwen3-8B", object: "model", owned_by: "vllm" }] },
      chat,
    });
    const entry = {
      id: "gpu",
      name: "vLLM on the GPU box",
      baseUrl: model.baseUrl,
      models: { chat: "Qwen3-8B" },
      key: { from: "none" },
    };
    workbench = await openWithEndpoints([entry], { files });
  });
  after(async () => {
    await workbench.close();
    await model.close();
  });

  const ask = async (file: string): Promise<void> => {
    const before = model.asked.length;
    // The panel must not be covered by the file.
    await workbench.press("Control+1");
    await selectAll(workbench, file);
    await workbench.runCommand("Qwen: Ask About Selection");
    await until("the server was asked", () => model.asked.length > before);
    page = await workbench.webviewWith("main");
  };

  it("show the reasoning apart, and formulas as MathML", async () => {
    await ask("question.md");
    await page.locator("math").first().waitFor();
    await page.locator(".metrics").first().waitFor();
    await page.locator("details.reasoning summary").click();
    await page.getByText("scaled dot-product attention").first().waitFor();
    assert.equal(await page.locator(".answer [style]").count(), 0);
    await page.locator("details.reasoning summary").scrollIntoViewIfNeeded();
    await pictures(workbench, "reasoning", page);
  });

  it("show the tools that the model wants called, for a request in JSON", async () => {
    await ask("weather.json");
    await page.locator(".tool-call", { hasText: "Berlin" }).first().waitFor();
    const { tools } = JSON.parse(files["weather.json"]) as Fields;
    assert.deepEqual(model.asked.at(-1)?.["tools"], tools);
    await page.locator(".metrics").first().waitFor();
    await page.locator(".tool-calls h2").scrollIntoViewIfNeeded();
    await pictures(workbench, "tool-calls", page);
  });

  it("name a refused parameter, and send the request again without it", async () => {
    await ask("hot.json");
    const fix = page.getByRole("button", { name: /without temperature/i }).first();
    await fix.waitFor();
    await pictures(workbench, "refused-parameter", page);
    const before = model.asked.length;
    await fix.click();
    await until("it was sent again", () => model.asked.length > before);
    assert.equal(model.asked.at(-1)?.["temperature"], undefined);
    await page.locator("math").first().waitFor();
  });
});
