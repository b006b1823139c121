import assert from "node:assert/strict";
import type { ChatDraft } from "../../../src/core/chat/chatDraft.ts";
import type { ParameterSpec } from "../../../src/core/servers/chatParameters.ts";
import { draftKeeper } from "../../../src/webview/run/composer/draftKeeper.ts";
import {
  addedRow,
  draftOf,
  formOf,
  longestField,
  wholeText,
} from "../../../src/webview/run/composer/form.ts";
import {
  hintOf,
  problemOfExtra,
  textOfValue,
  valueOfText,
} from "../../../src/webview/run/composer/parameterText.ts";
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
    [["[END]", "STOP"], '[\n  "[END]",\n  "STOP"\n]', specOf("stop")],
    [["END", "[STOP]"], "END\n[STOP]", specOf("stop")],
    [[1, 2], "[\n  1,\n  2\n]", undefined],
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

  it("takes a line each for texts, blank ones left out, and a list of them as it stands", () => {
    const stop = specOf("stop");
    assert.deepEqual(valueOfText("END\n\nSTOP\n", stop), { value: ["END", "STOP"] });
    assert.deepEqual(valueOfText('  ["a", "b\\nc"]', stop), { value: ["a", "b\nc"] });
    assert.deepEqual(valueOfText("[END", stop), { value: ["[END"] });
    assert.deepEqual(valueOfText("[1]", stop), { value: ["[1]"] });
  });

  it("says what is wrong with a value, which then is the text itself", () => {
    const { value, problem } = valueOfText("warm", specOf("temperature"));
    assert.equal(value, "warm");
    assert.match(problem ?? "", /temperature has to be a number/);
    assert.equal(valueOfText("0.5", specOf("temperature")).problem, undefined);
  });

  it("says what is wrong with the extra JSON, which may be blank", () => {
    assert.equal(problemOfExtra(" \n"), undefined);
    assert.equal(problemOfExtra('{"a": 1}'), undefined);
    assert.match(problemOfExtra("[1]") ?? "", /Extra JSON has to be an object/);
    assert.match(problemOfExtra("{") ?? "", /Extra JSON is no JSON/);
  });

  const hints: readonly (readonly [ParameterSpec["value"], string])[] = [
    [{ kind: "number", min: 0, below: 2 }, "0 ≤ p < 2"],
    [{ kind: "integer", min: 1 }, "p ≥ 1"],
    [{ kind: "number" }, ""],
    [{ kind: "texts" }, "One per line"],
    [{ kind: "texts", most: 4 }, "One per line, at most 4"],
    [{ kind: "json", of: "array" }, "JSON array"],
    [{ kind: "json", of: "object" }, "JSON object"],
    [{ kind: "boolean" }, ""],
  ];
  for (const [value, hint] of hints) {
    it(`shows “${hint}” beside ${JSON.stringify(value)}`, () =>
      assert.equal(hintOf({ name: "p", value, shown: "common" }), hint));
  }

  it("shows nothing for null, which is not sent", () => {
    const form = formOf({ ...blankDraft, parameters: { temperature: null, seed: null } });
    assert.deepEqual(form.parameters, { temperature: "", seed: "" });
    assert.deepEqual(draftOf(form, specOf).parameters, {});
  });

  it("leaves out what is blank, and keeps a message that holds anything at all", () => {
    const form = formOf({
      ...conversation,
      model: " m ",
      extra: " {} ",
      messages: [
        { role: "user", text: " \n", images: [] },
        { role: "user", text: "", images: conversation.messages[0]?.images ?? [] },
        { role: "assistant", text: "", images: [], rest: { tool_calls: [] } },
      ],
    });
    const draft = draftOf({ ...form, parameters: { temperature: " ", seed: "1" } }, specOf);
    assert.deepEqual([draft.model, draft.extra, draft.parameters], ["m", "{}", { seed: 1 }]);
    assert.deepEqual(
      draft.messages.map(({ role, images }) => [role, images.length]),
      [
        ["user", 1],
        ["assistant", 0],
      ],
    );
  });

  const choices: readonly ChatDraft["thinking"][] = [
    undefined,
    { kind: "on" },
    { kind: "off" },
    { kind: "budget", tokens: 7 },
  ];
  for (const thinking of choices) {
    it(`keeps the choice of thinking: ${thinking?.kind ?? "none"}`, () => {
      const draft = { ...blankDraft, ...(thinking === undefined ? {} : { thinking }) };
      assert.deepEqual(draftOf(formOf(draft), specOf), draft);
    });
  }

  it("begins with an empty question, and offers the other side's turn next, under keys of their own", () => {
    const { rows } = formOf(blankDraft);
    assert.deepEqual(
      rows.map(({ role, content }) => [role, content.text]),
      [["user", ""]],
    );
    const second = addedRow(rows);
    const third = addedRow([...rows, second]);
    assert.deepEqual([second.role, third.role], ["assistant", "user"]);
    assert.equal(new Set([rows[0]?.key, second.key, third.key]).size, 3);
    assert.equal(addedRow([]).role, "user");
  });

  it("puts pasted texts behind what is typed, a blank line between", () => {
    assert.equal(wholeText({ text: "a", held: ["b", "c"] }), "a\n\nb\n\nc");
    assert.equal(formOf({ ...blankDraft, system: "x".repeat(longestField) }).system.held.length, 0);
  });

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
