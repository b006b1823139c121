import assert from "node:assert/strict";
import { readFault, WireLimit } from "../../../src/io/networkFault.ts";

const system = (code: string, fields: object = {}): Error =>
  Object.assign(new Error(`it failed: ${code}`), { code, ...fields });

describe("readFault", () => {
  it("keeps phase, code and message", () => {
    const fault = readFault(system("ECONNRESET"), "headers");
    assert.deepEqual(fault, {
      phase: "headers",
      code: "ECONNRESET",
      message: "it failed: ECONNRESET",
      attempts: [],
    });
  });

  it("lists each address that Happy Eyeballs tried, with its own code", () => {
    const error = new AggregateError([
      system("ECONNREFUSED", { address: "::1", port: 8000 }),
      system("ETIMEDOUT", { address: "127.0.0.1", port: 8000 }),
    ]);
    const { code, attempts } = readFault(error, "connect");
    assert.equal(code, "ECONNREFUSED");
    assert.deepEqual(attempts, [
      { address: "[::1]:8000", code: "ECONNREFUSED" },
      { address: "127.0.0.1:8000", code: "ETIMEDOUT" },
    ]);
  });

  it("puts a look-up's error in the phase of names", () => {
    assert.equal(readFault(system("ENOTFOUND", { syscall: "getaddrinfo" }), "connect").phase, "name");
  });

  it("names the timer that fired", () => {
    const fault = readFault(new WireLimit("TIMEOUT", "too late", "idle"), "body");
    assert.deepEqual([fault.code, fault.timer], ["TIMEOUT", "idle"]);
  });

  const ssl =
    "write EPROTO 40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:a.c:77:\n";
  const codes: readonly { readonly name: string; readonly error: unknown; readonly code: string }[] = [
    {
      name: "an SSL error found while writing",
      error: Object.assign(new Error(ssl), { code: "EPROTO" }),
      code: "ERR_SSL_WRONG_VERSION_NUMBER",
    },
    { name: "another EPROTO", error: system("EPROTO"), code: "EPROTO" },
    { name: "an error without a code", error: new Error("x"), code: "UNKNOWN" },
    {
      name: "an error whose code is a number",
      error: Object.assign(new Error("x"), { code: 5 }),
      code: "UNKNOWN",
    },
    { name: "a text", error: "x", code: "UNKNOWN" },
    { name: "an empty aggregate", error: new AggregateError([]), code: "UNKNOWN" },
  ];
  for (const { name, error, code } of codes) {
    it(`reads ${name} as ${code}`, () => assert.equal(readFault(error, "tls").code, code));
  }
});
