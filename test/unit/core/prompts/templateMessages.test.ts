import assert from "node:assert/strict";

import { builtInTemplates } from "../../../../src/core/prompts/builtInTemplates.ts";
import { readTemplates } from "../../../../src/core/prompts/promptTemplate.ts";
import { suitsWholeFile, templateMessages } from "../../../../src/core/prompts/templateMessages.ts";

const values = { selection: "x = 1", languageId: "python", file: "a.py", diagnostics: "no problems" };

describe("templateMessages", () => {
  it("puts the selection where the prompt says, and nowhere else", () => {
    const messages = templateMessages({ prompt: "Explain `${selection}` of ${file}" }, values);
    assert.deepEqual(messages, [{ role: "user", content: "Explain `x = 1` of a.py" }]);
  });

  it("lets the selection follow as a code block where the prompt does not mention it", () => {
    assert.deepEqual(templateMessages({ prompt: "Explain" }, values), [
      { role: "user", content: "Explain\n\n```python\nx = 1\n```" },
    ]);
  });

  it("fills the system prompt too, which comes first; a selection in it does not follow again", () => {
    assert.deepEqual(templateMessages({ prompt: "Go", system: "About ${selection}" }, values), [
      { role: "system", content: "About x = 1" },
      { role: "user", content: "Go" },
    ]);
  });

  it("adds no empty block where nothing is selected", () => {
    assert.deepEqual(templateMessages({ prompt: "${diagnostics}" }, { ...values, selection: "" }), [
      { role: "user", content: "no problems" },
    ]);
  });

  it("can be asked of a whole file with the problems in it alone", () => {
    assert.ok(suitsWholeFile({ prompt: "Fix ${diagnostics}" }));
    assert.ok(!suitsWholeFile({ prompt: "Explain $${diagnostics} of ${file}" }));
  });
});

describe("builtInTemplates", () => {
  it("are templates that the setting would take", () => {
    const setting = Object.fromEntries(builtInTemplates().map(({ name, prompt }) => [name, prompt]));
    assert.deepEqual(readTemplates(setting).problems, []);
    assert.equal(Object.keys(setting).length, builtInTemplates().length);
  });

  it("send the problems along where they are to be corrected", () => {
    assert.deepEqual(
      builtInTemplates()
        .filter(suitsWholeFile)
        .map(({ id }) => id),
      ["Fix the problems shown"],
    );
  });
});
