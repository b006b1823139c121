import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

import { findingCodes } from "../../../../src/core/diagnosis/finding.ts";

const core = new URL("../../../../src/core/", import.meta.url);

/** Where findings are made; a rung may leave the judging to the folder of its task. */
const judges = ["diagnosis", "chat", "embedding", "rerank"];

/** Where codes are only talked about. */
const isTold = /^diagnosis\/(texts\/|remedies\/|finding\.ts$)/;

/** Codes that no rung can show, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {};

const sources = judges
  .flatMap((folder) =>
    readdirSync(new URL(folder, core), { recursive: true, encoding: "utf8" }).map(
      (path) => `${folder}/${path}`,
    ),
  )
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !isTold.test(path))
  .map((path) => readFileSync(new URL(path, core), "utf8"))
  .join("\n");

const codes = Object.entries(findingCodes).flatMap(([area, problems]) =>
  problems.map((problem) => `${area}.${problem}`),
);

describe("every code of the design", () => {
  for (const code of codes.filter((each) => !(each in elsewhere))) {
    it(`${code} is found by a judge`, () => assert.ok(sources.includes(`"${code}"`)));
  }

  it("has no exception that is none", () => {
    assert.deepEqual(
      Object.keys(elsewhere).filter((code) => !codes.includes(code) || sources.includes(`"${code}"`)),
      [],
    );
  });
});
