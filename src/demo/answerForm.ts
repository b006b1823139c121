import { isJsonObject, type JsonObject } from "./json.ts";
import { toolArguments } from "./toolArguments.ts";

/** What shape the answer takes, whatever it says. */
export type AnswerForm =
  | { readonly kind: "text" }
  /** `response_format` asked for JSON. */
  | { readonly kind: "json" }
  | { readonly kind: "tool-call"; readonly name: string; readonly argumentsText: string }
  /** The conversation ends with what a tool returned. */
  | { readonly kind: "tool-result"; readonly result: string };

/** What the conversation gives for it. */
interface Talk {
  readonly prompt: string;
  readonly toolResult: string | undefined;
}

export function readAnswerForm(request: JsonObject, { prompt, toolResult }: Talk): AnswerForm {
  if (toolResult !== undefined) return { kind: "tool-result", result: toolResult };
  const tool = calledTool(request, prompt);
  if (tool !== undefined) {
    const argumentsText = JSON.stringify(toolArguments(tool["parameters"], prompt));
    return { kind: "tool-call", name: String(tool["name"]), argumentsText };
  }
  const format = request["response_format"];
  return { kind: isJsonObject(format) && format["type"] === "json_object" ? "json" : "text" };
}

/** The offered function that the request insists on or the prompt names; a tool that nobody asks for is not called. */
function calledTool(request: JsonObject, prompt: string): JsonObject | undefined {
  const choice = request["tool_choice"];
  if (choice === "none" || !Array.isArray(request["tools"])) return undefined;
  const offered = request["tools"].map(functionOf).filter((tool) => tool !== undefined);
  if (choice === "required") return offered[0];
  const wanted = functionOf(choice)?.["name"];
  return offered.find(({ name }) => name === wanted || prompt.includes(String(name)));
}

function functionOf(value: unknown): JsonObject | undefined {
  const named = isJsonObject(value) ? value["function"] : undefined;
  return isJsonObject(named) && typeof named["name"] === "string" && named["name"] !== "" ? named : undefined;
}
