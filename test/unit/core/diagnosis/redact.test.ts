import assert from "node:assert/strict";

import fc from "fast-check";

import { createRedactor, type Redactor } from "../../../../src/core/diagnosis/redact.ts";

const mark = "•••";

function knowing(...secrets: readonly string[]): Redactor {
  const redactor = createRedactor();
  secrets.forEach((secret) => redactor.know(secret));
  return redactor;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** All that a stream cleaner lets out for these pieces. */
function stream(redactor: Redactor, pieces: readonly string[]): string {
  const cleaner = redactor.stream();
  return pieces.map((piece) => cleaner.push(piece)).join("") + cleaner.end();
}

/** Keys with signs that the encodings change. */
const secret = fc.string({ minLength: 4, maxLength: 30 });

describe("createRedactor", () => {
  const key = 'sk-~~~/1+"2"\\3=ü';
  const forms: readonly { name: string; text: string }[] = [
    { name: "as it is", text: key },
    { name: "in a URL", text: encodeURIComponent(key) },
    { name: "in JSON", text: JSON.stringify(key).slice(1, -1) },
    { name: "in JSON within JSON", text: JSON.stringify(JSON.stringify(key).slice(1, -1)).slice(1, -1) },
    { name: "in base64", text: base64(key) },
    { name: "in base64 behind a scheme", text: base64(`Bearer ${key}`).slice(10) },
    { name: "in base64 without padding", text: base64(key).replace(/=+$/, "") },
    { name: "in base64 for URLs", text: Buffer.from(key).toString("base64url") },
    {
      name: "in a URL in small letters",
      text: encodeURIComponent(key).replace(/%../g, (part) => part.toLowerCase()),
    },
  ];
  for (const { name, text } of forms) {
    it(`removes a secret ${name}`, () => {
      // The last sign of base64 belongs to what follows as well, and tells at most four bits.
      assert.match(knowing(key).clean(`<${text}>`), /^<•••[\w+/-]?=*>$/);
    });
  }

  it("removes every occurrence, also side by side", () => {
    assert.equal(knowing("sk-123").clean("sk-123sk-123 sk-123"), `${mark}${mark} ${mark}`);
  });

  it("changes nothing before it knows a secret", () => {
    assert.equal(createRedactor().clean("sk-123"), "sk-123");
  });

  for (const harmless of ["", "abc", "EMPTY", "none", "null"]) {
    it(`does not take ${JSON.stringify(harmless)} for a secret`, () => {
      assert.equal(knowing(harmless).clean(`a ${harmless} b`), `a ${harmless} b`);
    });
  }

  for (const order of [
    ["sk-123", "sk-123-long"],
    ["sk-123-long", "sk-123"],
  ] as const) {
    it(`removes the longer of two secrets whole, whichever is known first (${order.join(", ")})`, () => {
      const redactor = knowing(...order);
      assert.equal(redactor.clean("sk-123-long sk-123"), `${mark} ${mark}`);
      assert.equal(stream(redactor, ["sk-123", "-long sk-1", "23"]), `${mark} ${mark}`);
    });
  }

  for (const cut of ["sk-1234567…", "sk-1234567", "sk-1234567…\nnext line", "→ 401 (sk-1234567…)"]) {
    it(`removes a secret of which only the start is left: ${JSON.stringify(cut)}`, () => {
      assert.doesNotMatch(knowing("sk-1234567890").clean(`key ${cut}`), /sk-/);
    });
  }

  it("takes the signs of a secret for themselves, not for a pattern", () => {
    const redactor = knowing("a.*b(c)[d]$^|{1}");
    assert.equal(redactor.clean("a.*b(c)[d]$^|{1} axxb"), `${mark} axxb`);
  });

  it("cleans every string of a value, and its keys, and leaves the rest", () => {
    const value = { "sk-123": ["sk-123", { deep: "a sk-123" }], n: 1, no: null, yes: true };
    assert.deepEqual(knowing("sk-123").cleanDeep(value), {
      [mark]: [mark, { deep: `a ${mark}` }],
      n: 1,
      no: null,
      yes: true,
    });
    assert.deepEqual(value["sk-123"][0], "sk-123", "the value itself is not changed");
  });

  it("lets no secret out, in whatever encoding and wherever it stands (property)", () => {
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const cleaned = knowing(value).clean(`${before}${value}${after}`);
        assert.ok(cleaned.includes(mark));
        const placeholder = ["null", "none", "EMPTY", "undefined"].includes(value);
        assert.ok(placeholder || !cleaned.replaceAll(mark, "\0").includes(value));
      }),
      { numRuns: 500 },
    );
  });

  it("takes any text as a secret without throwing, half characters included (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 4 }), (value) => {
        assert.equal(knowing(value, "\ud800abcd").clean(`${value}x`).slice(-1), "x");
      }),
    );
    assert.equal(knowing("\ud800abcd").clean("\ud800abcd"), mark);
  });

  describe("in a stream", () => {
    it("removes a secret that is split anywhere, in every encoding", () => {
      for (const { text } of forms) {
        const redactor = knowing(key);
        const whole = `before ${text} after`;
        for (let index = 0; index <= whole.length; index++) {
          const out = stream(redactor, [whole.slice(0, index), whole.slice(index)]);
          assert.equal(out, redactor.clean(whole), `split at ${index}`);
        }
        assert.equal(stream(redactor, Array.from(whole)), redactor.clean(whole));
      }
    });

    it("shows at once what can not become a secret", () => {
      const cleaner = knowing("sk-123").stream();
      assert.equal(cleaner.push("hello "), "hello ");
      assert.equal(cleaner.push("sk"), "");
      assert.equal(cleaner.push("i"), "ski");
      assert.equal(cleaner.push("sk-12"), "");
      assert.equal(cleaner.end(), "sk-12");
    });

    it("begins anew after its end", () => {
      const cleaner = knowing("sk-123").stream();
      cleaner.push("sk-");
      cleaner.end();
      assert.equal(cleaner.push("123") + cleaner.end(), "123");
    });

    it("removes a secret that it was told in the middle", () => {
      const redactor = createRedactor();
      const cleaner = redactor.stream();
      assert.equal(cleaner.push("a "), "a ");
      redactor.know("sk-123");
      assert.equal(cleaner.push("sk-1") + cleaner.push("23 b") + cleaner.end(), `${mark} b`);
    });

    it("lets out the same as for the whole text, however it is cut (property)", () => {
      // Few letters, so that secrets overlap, hold each other and nearly match.
      const letters = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 4, maxLength: 8 });
      const pieces = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 }), {
        maxLength: 12,
      });
      fc.assert(
        fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), pieces, (secrets, parts) => {
          const redactor = knowing(...secrets);
          assert.equal(stream(redactor, parts), redactor.clean(parts.join("")));
        }),
        { numRuns: 2000 },
      );
    });
  });
});
