import assert from "node:assert/strict";
import { sizesOf } from "../../bench/budgets.ts";
import { vsixPath } from "../../dev/paths.ts";

/** Here and not among the unit tests: this suite is the one that has just built and packed what people install. */
describe("the packaged extension", () => {
  const sizes = sizesOf(process.env["QWEN_VSIX"] ?? vsixPath());

  it("holds the main bundle, the OpenAI client in a file of its own and at least one page", () => {
    const names = sizes.map(({ name }) => name);
    assert.ok(names.includes("dist/extension.cjs"), names.join(", "));
    assert.ok(names.includes("dist/openaiGateway.cjs"), names.join(", "));
    assert.ok(
      names.some((name) => /^dist\/webview\/.+\.js$/.test(name)),
      names.join(", "),
    );
  });

  for (const { name, bytes, limit } of sizes) {
    if (limit === undefined) continue;
    it(`${name} has at most ${Math.round(limit / 1024)} KB`, () => {
      assert.ok(bytes <= limit, `${name} has ${(bytes / 1024).toFixed(1)} KB; out/meta says what is in it.`);
    });
  }
});
