import assert from "node:assert/strict";

import { type Exchange, Recorder } from "../../../../src/core/diagnosis/exchange.ts";
import { requestHeaders } from "../../../../src/core/endpoint/requestHeaders.ts";
import type { HttpReply } from "../../../../src/core/ports.ts";
import { anEndpoint, aReply, fakeClock, fakeHttp, someCredentials } from "../../../support/builders.ts";

const url = "http://localhost:8000/v1/models";
const credentials = someCredentials({
  key: { kind: "key", value: "sk-1234567890" },
  headers: { "X-Api-Key": "other-secret", "X-Team": "search" },
});

/** What is noted of one request with these credentials, or without any. */
async function noted(reply: HttpReply, sent: "with-key" | "without-key" = "with-key"): Promise<Exchange> {
  const recorder = new Recorder(
    fakeHttp({ [`GET ${url}?token=sk-1234567890`]: reply }),
    fakeClock(),
    credentials,
  );
  const headers = sent === "with-key" ? requestHeaders(credentials) : {};
  const { timeouts } = anEndpoint();
  const request = {
    method: "GET",
    url: `${url}?token=sk-1234567890`,
    headers,
    timeouts,
    maxBytes: 1000,
  } as const;
  await recorder.http.send(request, new AbortController().signal);
  return recorder.take()[0]!;
}

describe("the recorder of exchanges", () => {
  it("masks what carries a secret by its name, and keeps what does not", async () => {
    const exchange = await noted(aReply({}, { headers: { "set-cookie": "a=b", server: "uvicorn" } }));
    assert.deepEqual(exchange.requestHeaders, {
      accept: "application/json",
      authorization: "Bearer •••",
      "x-api-key": "•••",
      "x-team": "search",
    });
    assert.deepEqual(exchange.replyHeaders, { "set-cookie": "•••", server: "uvicorn" });
    assert.equal(exchange.url, url);
  });

  for (const sent of ["with-key", "without-key"] as const) {
    it(`removes secrets that a server tells of, in a request ${sent}`, async () => {
      const exchange = await noted(
        aReply({ api_key: "sk-1234567890" }, { headers: { "x-echo": "other-secret", "sk-1234567890": "1" } }),
        sent,
      );
      assert.doesNotMatch(JSON.stringify(exchange), /sk-1234567890|other-secret/);
    });
  }
});
