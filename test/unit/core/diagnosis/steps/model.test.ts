import assert from "node:assert/strict";

import { aReply, models } from "../../../../support/builders.ts";
import {
  chat,
  climbAll,
  embeddings,
  endpointWith,
  list,
  notFound,
  origin,
} from "../../../../support/ladderWorld.ts";

describe("the rung of the model", () => {
  const health = `GET ${origin}/health`;
  const refused = aReply({ error: { message: "The model `nope` does not exist." } }, { status: 404 });

  it("offers the only model there is where another is refused, on the blocker too", async () => {
    const routes = { [list]: aReply(models("Qwen/Qwen3-8B")), [chat]: refused };
    const { report } = await climbAll({ routes, subject: endpointWith("nope") });
    const unknown = report.findings.find(({ code }) => code === "model.unknown");
    assert.deepEqual(unknown?.fixes[0], { kind: "use-model", task: "chat", model: "Qwen/Qwen3-8B" });
  });

  it("offers no model that has just been refused", async () => {
    const routes = { [list]: aReply(models("nope")), [chat]: refused };
    const { report } = await climbAll({ routes, subject: endpointWith("nope") });
    assert.ok(report.findings.every(({ fixes }) => fixes.every(({ kind }) => kind !== "use-model")));
  });

  it("has one rename line, of what was loaded, on the blocker and on the warning", async () => {
    const served = { id: "/models/Qwen3-8B", root: "/models/Qwen3-8B", owned_by: "vllm" };
    const routes = {
      [list]: aReply({ data: [served] }),
      [health]: aReply(""),
      [chat]: aReply({ error: { message: "The model `Qwen3-8B` does not exist." } }, { status: 404 }),
    };
    const { report } = await climbAll({ routes, subject: endpointWith("Qwen3-8B") });
    const lines = report.findings.flatMap(({ fixes }) =>
      fixes.flatMap((fix) => (fix.kind === "copy-command" ? [fix.command] : [])),
    );
    const line = "vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B";
    assert.deepEqual(lines, [line, line]);
  });

  it("asks no name of TEI, which lists none and has one model", async () => {
    const headers = { "content-type": "application/json", "x-compute-type": "cpu" };
    const routes = {
      [list]: aReply("", { status: 404, headers }),
      [health]: aReply("", { headers }),
      [embeddings]: aReply({ data: [{ embedding: [0.6, 0.8] }] }, { headers }),
    };
    const { report } = await climbAll({ routes, subject: { tasks: ["embedding"] } });
    assert.equal(report.serverId, "tei");
    assert.equal(report.verdict, "healthy");
    assert.ok(report.findings.every(({ code }) => code !== "model.none-listed"));
  });

  it("wants a name of a server that nothing is known of", async () => {
    const routes = { [list]: notFound };
    const { report } = await climbAll({ routes });
    assert.ok(report.findings.some(({ code }) => code === "model.none-listed"));
  });
});
