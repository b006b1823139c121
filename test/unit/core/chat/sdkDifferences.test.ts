import assert from "node:assert/strict";

import { sdkDifferences, type ShownRun } from "../../../../src/core/chat/sdkDifferences.ts";
import type { SdkGot } from "../../../../src/core/chat/sdkReading.ts";
import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";

const shownRun: ShownRun = { outcome: "finished", answer: "A", reasoning: "", toolCalls: [], codes: [] };
const failed = (...codes: readonly FindingCode[]): Partial<ShownRun> => ({ outcome: "failed", codes });
const text: SdkGot = { kind: "text", answer: "A", reasoning: "", chunks: 2 };

function told(got: SdkGot, shown: Partial<ShownRun> = {}, task: "chat" | "embedding" = "chat"): string {
  const replay = { task, request: { stream: true }, status: 200, headers: {}, body: "{}" };
  const replayed = { client: "openai", got, toolCalls: [] };
  return sdkDifferences(replay, replayed, { ...shownRun, ...shown }).join("\n");
}

const rows: readonly (readonly [what: string, said: string, tells: RegExp])[] = [
  ["the same text", told(text), /^$/],
  ["white space around it", told({ ...text, answer: " A\n" }), /^$/],
  ["another text", told({ ...text, answer: "AB" }), /it has 2 characters, here 1/],
  ["a stream that was cut", told(text, failed("stream.cut")), /ends without an error, as if the answer were/],
  ["a stream that stalled", told(text, failed("stream.stalled")), /ends without an error, as if the answer/],
  ["another failure", told(text, failed("http.malformed")), /a program does not see what is wrong/],
  ["no chunk where an answer came", told({ ...text, chunks: 0 }), /^The reply is no event stream/],
  [
    "no chunk where nothing came",
    told({ ...text, chunks: 0 }, { answer: "" }),
    /^In the SDK the stream ends/,
  ],
  ["no chunk in a failure", told({ ...text, chunks: 0 }, failed("stream.cut")), /the failure is not seen/],
  ["an error taken for an answer", told({ kind: "unusable", value: "object" }), /`choices` is undefined/],
  ["the same of vectors", told({ kind: "unusable", value: "object" }, {}, "embedding"), /`data` is undef/],
  ["a body that is a text", told({ kind: "unusable", value: "string" }), /returns the body as a string/],
  ["an empty body", told({ kind: "unusable", value: "nothing" }), /returns no value for the empty body/],
  ["vectors", told({ kind: "vectors", count: 1, dimensions: 2 }, {}, "embedding"), /^$/],
  [
    "vectors that are refused here",
    told({ kind: "vectors", count: 1, dimensions: 2 }, failed("embedding.zero"), "embedding"),
    /a program does not see/,
  ],
  ["a chunk that is no JSON", told({ kind: "error", name: "SyntaxError", message: "x" }), /SyntaxError that/],
  [
    "a body that the SDK denies",
    told({ kind: "error", name: "APIError", message: "400 status code (no body)" }, failed("auth.rejected")),
    /says that there is no body/,
  ],
  ["an error instead of an answer", told({ kind: "error", name: "APIError", message: "x" }), /throws APIErr/],
  [
    "an error in both",
    told({ kind: "error", name: "APIError", message: "x" }, failed("stream.error-event")),
    /^$/,
  ],
];

describe("what the SDK makes of a reply", () => {
  for (const [what, said, tells] of rows) {
    it(`is told where it differs: ${what}`, () => assert.match(said, tells));
  }
});
