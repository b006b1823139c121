import assert from "node:assert/strict";

import { parsePrices, priceOf } from "../../../../src/core/usage/prices.ts";

describe("prices", () => {
  const { prices, problems } = parsePrices({
    "qwen-plus": { input: 0.8, output: 2, currency: "CNY" },
    "local/qwen-plus": { input: 0, output: 0 },
    "org/name": { input: 1, output: 1 },
  });

  it("are read by model, in dollars where no currency is named", () => {
    assert.deepEqual(problems, []);
    assert.deepEqual(priceOf(prices, "cloud", "qwen-plus"), { input: 0.8, output: 2, currency: "CNY" });
    assert.equal(priceOf(prices, "cloud", "org/name")?.currency, "USD");
  });

  it("of an endpoint's model go before those of the model", () => {
    assert.equal(priceOf(prices, "local", "qwen-plus")?.input, 0);
  });

  it("are missing where nobody named one", () => {
    assert.equal(priceOf(prices, "local", undefined), undefined);
    assert.equal(priceOf(prices, undefined, "other"), undefined);
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [5, /should be an object of prices/],
    [[], /should be an object of prices/],
    [{ m: 3 }, /“m”: an object with “input”/],
    [{ m: null }, /“m”: an object with “input”/],
    [{ m: { input: "1", output: 2 } }, /should be numbers from 0 on/],
    [{ m: { input: -1, output: 2 } }, /should be numbers from 0 on/],
    [{ m: { input: 1 } }, /should be numbers from 0 on/],
    [{ m: { input: 1, output: 2, currency: "dollars" } }, /three capital letters/],
    [{ m: { input: 1, output: 2, currency: null } }, /three capital letters/],
  ];
  for (const [value, problem] of wrong) {
    it(`say what is wrong with ${JSON.stringify(value)}`, () => {
      const parsed = parsePrices(value);
      assert.equal(parsed.problems.length, 1);
      assert.match(parsed.problems[0] ?? "", problem);
      assert.equal(parsed.prices.size, 0);
    });
  }

  it("that are wrong do not hide those that are right", () => {
    const parsed = parsePrices({ bad: 1, good: { input: 1, output: 2 }, __proto__: { input: 1 } });
    assert.deepEqual([...parsed.prices.keys()], ["good"]);
    assert.equal(parsed.problems.length, 1);
  });

  for (const nothing of [undefined, null, {}]) {
    it(`may be left out: ${JSON.stringify(nothing)}`, () => {
      assert.deepEqual([parsePrices(nothing).prices.size, parsePrices(nothing).problems], [0, []]);
    });
  }
});
