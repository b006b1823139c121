import assert from "node:assert/strict";

import { readChatStream } from "../../../../src/core/chat/readChatStream.ts";
import { emptyTranscript, foldEvent } from "../../../../src/core/chat/transcript.ts";
import type { Finding } from "../../../../src/core/diagnosis/finding.ts";
import type { NetworkFault } from "../../../../src/core/ports.ts";
import { aBody, aFault, asked, aStreamReply } from "../../../support/builders.ts";
import { delta, done, hello } from "../../../support/chatStreams.ts";

/** What is found in an event stream of these pieces. */
async function findingsIn(pieces: readonly string[], fault?: NetworkFault): Promise<readonly Finding[]> {
  const reply = aStreamReply(aBody(pieces, fault), { headers: { "content-type": "text/event-stream" } });
  let transcript = emptyTranscript;
  for await (const event of readChatStream(reply, asked())) {
    transcript = foldEvent(transcript, event, 0);
  }
  return transcript.findings;
}

describe("what is found in a stream", () => {
  const graves: readonly (readonly [what: string, pieces: readonly string[], finding: object])[] = [
    [
      "a missing [DONE] is a note",
      [hello],
      { code: "stream.no-done", severity: "note", evidence: ["finish_reason: stop"] },
    ],
    [
      "an event that is no JSON is a warning",
      ["data: oops\n\n", done],
      { code: "http.malformed", severity: "warning", evidence: ["oops"] },
    ],
    [
      "a plain reply is a warning",
      ['{"choices":[{"text":"A"}]}'],
      { code: "stream.plain-json", severity: "warning", evidence: ["content-type: text/event-stream"] },
    ],
    [
      "an error is a blocker, in its own words",
      ['event: error\ndata: {"message":"no"}\n\n'],
      { code: "stream.error-event", severity: "blocker", evidence: ['{"message":"no"}'] },
    ],
    [
      "an error with its status in a comment is one, with both",
      ['event:error\n:HTTP_STATUS/500\ndata:{"code":"E","message":"no"}\n\n'],
      { severity: "blocker", evidence: ['{"code":"E","message":"no"}', "HTTP_STATUS/500"] },
    ],
    [
      "a status alone is one",
      [":HTTP_STATUS/429\n"],
      { code: "limit.rate", severity: "blocker", evidence: ["HTTP_STATUS/429"] },
    ],
    [
      "an end without a word is one",
      [delta({ content: "A" })],
      { code: "stream.cut", severity: "blocker", evidence: [] },
    ],
  ];
  for (const [what, pieces, expected] of graves) {
    it(`tells how grave it is: ${what}`, async () => {
      const [finding, ...others] = await findingsIn(pieces);
      assert.deepEqual(others, []);
      assert.ok(finding !== undefined && finding.fixes.length > 0);
      assert.deepEqual(
        Object.fromEntries(Object.entries(finding).filter(([field]) => field in expected)),
        expected,
      );
    });
  }

  it("says of a broken connection what broke", async () => {
    const fault = aFault("ECONNRESET", { phase: "body" });
    const [finding] = await findingsIn([delta({ content: "A" })], fault);
    assert.match(finding?.evidence.join("\n") ?? "", /ECONNRESET/);
  });
});
