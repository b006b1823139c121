import assert from "node:assert/strict";
import { sizesOf, type Size } from "../../bench/budgets.ts";
import { vsixPath } from "../../dev/paths.ts";

/** Here and not among the unit tests: this suite is the one that has just built and packed what people install. */
describe("the size of the packaged extension", () => {
  let sizes: readonly Size[] = [];
  before(() => (sizes = sizesOf(process.env["QWEN_VSIX"] ?? vsixPath())));

  const budgets = [
    { what: "the main file, without the OpenAI client", among: /^dist\/extension\.cjs$/ },
    { what: "each page", among: /^dist\/webview\/.+\.js$/ },
    { what: "the VSIX with the keychain's binaries", among: /^the VSIX$/ },
  ] as const;
  for (const { what, among } of budgets) {
    it(`${what} keeps to its budget`, () => {
      const found = sizes.filter(({ name }) => among.test(name));
      assert.notEqual(found.length, 0, `Not there: ${what}`);
      for (const { name, bytes, limit = 0 } of found) {
        assert.ok(
          bytes <= limit,
          `${name} has ${bytes} bytes, allowed are ${limit}; npm run bench -- sizes says what is in it.`,
        );
      }
    });
  }

  it("has the OpenAI client in a file of its own, loaded when it is needed", () => {
    assert.ok(sizes.some(({ name }) => name === "dist/openaiGateway.cjs"));
  });
});
