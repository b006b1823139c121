import assert from "node:assert/strict";
import { readAnswerForm, type AnswerForm } from "../../../src/demo/answerForm.ts";
import type { JsonObject } from "../../../src/demo/json.ts";

const tool = (name: string, properties: JsonObject = {}): JsonObject => ({
  type: "function",
  function: { name, parameters: { type: "object", properties } },
});
const clock = tool("get_time", { city: { type: "string" } });
const prompt = "What time is it in Beijing? Call get_time.";
const called = (name: string, argumentsText: string): AnswerForm => ({
  kind: "tool-call",
  name,
  argumentsText,
});

describe("the form of a demo answer", () => {
  const cases: readonly {
    readonly name: string;
    readonly request: JsonObject;
    readonly prompt?: string;
    readonly toolResult?: string;
    readonly form: AnswerForm;
  }[] = [
    { name: "is text", request: {}, form: { kind: "text" } },
    {
      name: "is a call of the tool that the prompt names",
      request: { tools: [tool("other"), clock] },
      form: called("get_time", '{"city":"Beijing"}'),
    },
    {
      name: "is text when nobody asks for the tool",
      request: { tools: [tool("other")] },
      form: { kind: "text" },
    },
    {
      name: "is text with tool_choice none",
      request: { tools: [clock], tool_choice: "none" },
      form: { kind: "text" },
    },
    {
      name: "is a call of the first tool with tool_choice required",
      request: { tools: [tool("other"), clock], tool_choice: "required" },
      form: called("other", "{}"),
    },
    {
      name: "is a call of the tool that tool_choice names",
      request: {
        tools: [tool("one"), tool("two")],
        tool_choice: { type: "function", function: { name: "two" } },
      },
      form: called("two", "{}"),
    },
    {
      name: "is text for tools that are none",
      request: { tools: ["get_time", {}, null] },
      form: { kind: "text" },
    },
    {
      name: "is JSON in JSON mode",
      request: { response_format: { type: "json_object" } },
      form: { kind: "json" },
    },
    {
      name: "is text for another format",
      request: { response_format: { type: "text" } },
      form: { kind: "text" },
    },
    {
      name: "tells what the tool returned, and calls no more",
      request: { tools: [clock] },
      toolResult: "09:30",
      form: { kind: "tool-result", result: "09:30" },
    },
    {
      name: "has arguments of the schema's types",
      request: {
        tools: [
          tool("get_time", {
            unit: { enum: ["h", "min"] },
            count: { type: "integer" },
            exact: { type: "boolean" },
            list: { type: "array" },
            more: { type: "object" },
            odd: 7,
          }),
        ],
      },
      prompt: "get_time",
      form: called("get_time", '{"unit":"h","count":1,"exact":true,"list":[],"more":{},"odd":"example"}'),
    },
  ];
  for (const { name, request, toolResult, form, prompt: said = prompt } of cases) {
    it(name, () => assert.deepEqual(readAnswerForm(request, { prompt: said, toolResult }), form));
  }
});
