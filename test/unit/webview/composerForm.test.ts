import assert from "node:assert/strict";
import type { ParameterSpec } from "../../../src/core/servers/chatParameters.ts";
import { draftKeeper } from "../../../src/webview/run/composer/draftKeeper.ts";
import { draftOf, formOf, longestField } from "../../../src/webview/run/composer/form.ts";
import { textOfValue, valueOfText } from "../../../src/webview/run/composer/parameterText.ts";
import { blankDraft, conversation } from "../../page/support/drafts.ts";

describe("a draft in the composer", () => {
  const specs: readonly ParameterSpec[] = [
    { name: "tools", value: { kind: "json", of: "array" }, shown: "further" },
    { name: "stop", value: { kind: "texts" }, shown: "common" },
    { name: "temperature", value: { kind: "number" }, shown: "common" },
  ];
  const specOf = (name: string): ParameterSpec | undefined => specs.find((spec) => spec.name === name);

  it("comes out as it went in", () => {
    assert.deepEqual(draftOf(formOf(conversation), specOf), conversation);
  });

  it("opens with whom it was compared with", () => {
    const comparedWith = [
      { endpointId: "vllm", model: "qwen3-32b" },
      { endpointId: "local", model: "" },
    ];
    const { targets } = formOf({ ...conversation, comparedWith });
    assert.deepEqual(
      targets.map(({ endpointId, model }) => ({ endpointId, model })),
      comparedWith,
    );
    assert.equal(new Set(targets.map(({ key }) => key)).size, 2);
    assert.deepEqual(formOf(conversation).targets, []);
  });

  it("keeps texts apart that no field could bear, and puts them together again", () => {
    const text = "x".repeat(longestField + 1);
    const draft = { ...conversation, system: text };
    const form = formOf(draft);
    assert.equal(form.system.text, "");
    assert.equal(draftOf(form, specOf).system, text);
  });

  const texts: readonly (readonly [unknown, string, ParameterSpec | undefined])[] = [
    [0.5, "0.5", specOf("temperature")],
    [["END", "STOP"], "END\nSTOP", specOf("stop")],
    [["\n\n"], '[\n  "\\n\\n"\n]', specOf("stop")],
    [[{ type: "function" }], '[\n  {\n    "type": "function"\n  }\n]', specOf("tools")],
    [12, "12", undefined],
    [true, "true", undefined],
    ["auto", "auto", undefined],
  ];
  for (const [value, text, spec] of texts) {
    it(`${JSON.stringify(value)} is typed as ${JSON.stringify(text)}, and read back`, () => {
      assert.equal(textOfValue(value), text);
      assert.deepEqual(valueOfText(text, spec), { value });
    });
  }

  it("is kept over a reload as long as all drafts together are small, the newest first", () => {
    const kept: Record<string, unknown> = {};
    const wire = {
      kept: (name: string) => kept[name],
      keep: (name: string, value: unknown) => void (kept[name] = structuredClone(value)),
    };
    const long = (length: number) => ({ ...formOf(blankDraft), extra: "x".repeat(length) });
    const drafts = draftKeeper(wire);
    assert.equal(drafts.set("a", long(600_000)), "kept");
    assert.equal(drafts.set("b", long(600_000)), "kept");
    assert.equal(drafts.set("c", long(2_000_000)), "too-long");
    assert.equal(drafts.get("a")?.extra.length, 600_000);
    const later = draftKeeper(wire);
    assert.deepEqual(
      ["a", "b", "c"].map((slot) => later.get(slot) !== undefined),
      [false, true, false],
    );
    later.remove("b");
    assert.equal(draftKeeper(wire).get("b"), undefined);
  });
});
