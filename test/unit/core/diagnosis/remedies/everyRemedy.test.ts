import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import * as l10n from "@vscode/l10n";

import { type FindingCode, findingCodes } from "../../../../../src/core/diagnosis/finding.ts";
import type { About } from "../../../../../src/core/diagnosis/remedies/remedy.ts";
import { remedies, remedyFor } from "../../../../../src/core/diagnosis/remedies/remedyFor.ts";
import { tasks } from "../../../../../src/core/endpoint/endpoint.ts";
import { type ServerId, serverIds } from "../../../../../src/core/servers/serverId.ts";

const chinese = JSON.parse(
  readFileSync(new URL("../../../../../l10n/bundle.l10n.zh-cn.json", import.meta.url), "utf8"),
) as Record<string, string>;

const pairs = Object.entries(remedies).flatMap(([code, of]) =>
  Object.keys(of).map((serverId) => ({ code: code as FindingCode, serverId: serverId as ServerId })),
);

/** Everything a report may know, and nothing but the server. */
function abouts(serverId: ServerId): readonly About[] {
  const baseUrls = ["http://127.0.0.1:30000/v1", "https://gpu.invalid/v1", "not a url"];
  const models = [undefined, "qwen3:8b", "Qwen3-8B", "Qwen/Qwen3-Embedding-4B", "/models/Qwen3-Reranker-4B/"];
  return [
    { serverId },
    ...baseUrls.flatMap((baseUrl) =>
      models.flatMap((model) =>
        tasks.flatMap((task) => [
          { serverId, baseUrl, model, task },
          { serverId, baseUrl, model, task, version: "0.9.2" },
        ]),
      ),
    ),
  ];
}

describe("every remedy", () => {
  afterEach(() => {
    l10n.config({ contents: {} });
  });

  for (const { code, serverId } of pairs) {
    it(`for ${code} on ${serverId} is whole in English and Chinese`, () => {
      const made = (): readonly string[] =>
        abouts(serverId).flatMap((about) => remedyFor(code, about)?.text ?? []);
      const english = made();
      assert.ok(english.length > 0);
      l10n.config({ contents: chinese });
      const translated = made();
      for (const [index, text] of english.entries()) {
        const inChinese = translated[index] ?? "";
        assert.match(text, /\S/);
        assert.doesNotMatch(text + inChinese, /\{\d\}|undefined|\n/);
        assert.doesNotMatch(text, /!|\p{Script=Han}/u);
        assert.match(inChinese, /\p{Script=Han}/u);
        assert.doesNotMatch(inChinese, /！|您|(?<!申)请(?!求)/);
        assert.ok(text.split(/[.](?=\s[A-Z])/).length <= 3, text);
      }
    });

    it(`for ${code} on ${serverId} has lines that can be pasted, each in its text`, () => {
      for (const about of abouts(serverId)) {
        const { text = "", commands = [] } = remedyFor(code, about) ?? {};
        for (const command of commands) {
          assert.match(command, /^\S.*\S$/);
          assert.doesNotMatch(command, /undefined|server_info\b(?!.*deny)/);
          assert.ok(text.includes(command) || command.startsWith("curl "), `${command}\n${text}`);
        }
      }
    });
  }

  it("says nothing of what it does not know", () => {
    for (const [area, problems] of Object.entries(findingCodes)) {
      for (const problem of problems) {
        assert.equal(remedyFor(`${area}.${problem}` as FindingCode, { serverId: "unknown" }), undefined);
      }
    }
    assert.ok(serverIds.includes("unknown"));
  });
});
