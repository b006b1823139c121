import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { findingCodes, type FindingCode } from "../../../src/core/diagnosis/finding.ts";
import type { Subject } from "../../../src/core/diagnosis/step.ts";
import type { HttpReply, KeyReading } from "../../../src/core/ports.ts";
import { anEndpoint, aReply, models, someCredentials } from "../../support/builders.ts";
import { answer, chat, climbAll, list, origin, type World } from "../../support/ladderWorld.ts";
import { recordedReplies } from "../../support/recordedReplies.ts";

/** The areas of what lies below the model. */
const areas = ["address", "name", "connect", "tls", "http", "auth"] as const;
type Area = (typeof areas)[number];
type CodeHere = Extract<FindingCode, `${Area}.${string}`>;

/** A test of this folder that produces the code over real sockets. */
interface Real {
  readonly test: `${string}.test.ts`;
}

const at = (baseUrl: string, changes: Partial<Subject> = {}): World => ({
  subject: { endpoint: anEndpoint({ baseUrl }), ...changes },
});
const holding = (key: KeyReading): Partial<Subject> => ({ credentials: someCredentials({ key }) });
const key: KeyReading = { kind: "key", value: "sk-1234567890" };
const dashScope = "https://dashscope.aliyuncs.com/compatible-mode/v1";

/** A world in which DashScope answers this. Behind a proxy, so that no name has to be looked up. */
function atDashScope(reply: HttpReply, reading: KeyReading = key): World {
  const subject = { ...holding(reading), proxy: "proxy.invalid:3128" };
  return { ...at(dashScope, subject), routes: { [`GET ${dashScope}/models`]: reply } };
}

function recorded(name: string): HttpReply {
  const found = recordedReplies.find((each) => each.name === name);
  assert.ok(found !== undefined, `${name} is not recorded`);
  return found.reply;
}

/** Where each code comes from: a test over real sockets, or a world of fakes where no loopback can show it. */
const sources: Readonly<Record<CodeHere, Real | World>> = {
  "address.invalid": at("not a url"),
  "address.scheme-missing": at("localhost:8000/v1"),
  "address.missing-v1": { test: "baseUrls.test.ts" },
  "address.doubled-v1": { test: "baseUrls.test.ts" },
  "address.full-path": { test: "baseUrls.test.ts" },
  "address.wildcard-host": at("http://0.0.0.0:8000/v1"),
  "address.remote-localhost": {
    ...at(`${origin}/v1`, { machine: "SSH", machineIs: "remote" }),
    port: "ECONNREFUSED",
  },
  "address.bad-port": at("http://localhost:70000/v1"),
  "name.not-found": at("https://nowhere.example/v1"),
  "name.timeout": { ...at("https://slow.example/v1"), lookup: "EAI_AGAIN" },
  "connect.refused": { test: "loopbackNeighbours.test.ts" },
  "connect.timeout": { test: "loopbackNeighbours.test.ts" },
  "connect.reset": { test: "schemes.test.ts" },
  "connect.unreachable": { ...at(`${origin}/v1`), port: "EHOSTUNREACH" },
  "connect.proxy": { test: "proxies.test.ts" },
  "connect.ipv6-only": { test: "loopbackNeighbours.test.ts" },
  "tls.client-certificate": { test: "clientCertificates.test.ts" },
  "auth.in-settings": { test: "exposedKeys.test.ts" },
  "tls.untrusted": { test: "schemes.test.ts" },
  "tls.self-signed": { test: "schemes.test.ts" },
  "tls.expired": { test: "schemes.test.ts" },
  "tls.name-mismatch": { test: "schemes.test.ts" },
  "tls.plain-http-server": { test: "schemes.test.ts" },
  "tls.https-server": { test: "schemes.test.ts" },
  "tls.handshake": { test: "ladder.test.ts" },
  "http.not-an-api": { test: "baseUrls.test.ts" },
  "http.wrong-path": { test: "baseUrls.test.ts" },
  "http.wrong-method": {
    routes: {
      [list]: aReply(models("m")),
      [chat]: aReply({ detail: "Method Not Allowed" }, { status: 405 }),
    },
  },
  "http.no-models-route": { test: "baseUrls.test.ts" },
  "http.host-rejected": { routes: { [list]: aReply("", { status: 403, headers: {} }) } },
  "http.redirect": { test: "baseUrls.test.ts" },
  "http.gateway": { test: "baseUrls.test.ts" },
  "http.timeout": { test: "slowServers.test.ts" },
  "http.server-error": { test: "ladder.test.ts" },
  "http.malformed": { test: "ladder.test.ts" },
  "http.truncated": { test: "ladder.test.ts" },
  "http.error-in-200": { test: "ladder.test.ts" },
  "auth.missing": { test: "keys.test.ts" },
  "auth.rejected": { test: "keys.test.ts" },
  "auth.empty": { test: "keys.test.ts" },
  "auth.double-bearer": { test: "keys.test.ts" },
  "auth.non-ascii": { test: "keys.test.ts" },
  "auth.whitespace": {
    ...at(`${origin}/v1`, holding({ kind: "key", value: "sk-1 " })),
    routes: { [list]: aReply({ error: "Unauthorized" }, { status: 401 }) },
  },
  "auth.wrong-region": atDashScope(recorded("dashscope-compat: wrong-key")),
  "auth.wrong-plan": atDashScope(recorded("dashscope-compat: wrong-key"), {
    kind: "key",
    value: "sk-sp-1234567890",
  }),
  "auth.not-activated": atDashScope(
    aReply({ code: "AccessDenied.Unpurchased", message: "Access denied." }, { status: 403 }),
  ),
  "auth.forbidden": {
    routes: { [list]: aReply({ error: "Forbidden" }, { status: 403 }), [chat]: answer },
  },
  "auth.plain-http": at("http://gpu.example/v1", holding(key)),
  "auth.origin-changed": { test: "keys.test.ts" },
};

describe("every code of what lies below the model", () => {
  const codes = areas.flatMap((area) => findingCodes[area].map((problem) => `${area}.${problem}`));

  it("has a source", () => {
    assert.deepEqual(Object.keys(sources).sort(), [...codes].sort());
  });

  for (const [code, source] of Object.entries(sources)) {
    if ("test" in source) {
      it(`${code} comes from real sockets in ${source.test}`, () => {
        const text = readFileSync(new URL(source.test, import.meta.url), "utf8");
        const faults = readFileSync(new URL("../support/serverFaults.ts", import.meta.url), "utf8");
        const shown = text.includes("serverFaults") ? text + faults : text;
        assert.ok(shown.includes(`"${code}"`), `${source.test} does not name ${code}`);
      });
      continue;
    }
    it(`${code} comes from a fixture`, async () => {
      const { report } = await climbAll(source);
      const finding = report.findings.find((each) => each.code === code);
      assert.ok(finding !== undefined, JSON.stringify(report.findings));
      assert.ok(finding.evidence.length > 0 && finding.fixes.length > 0);
      assert.doesNotMatch(JSON.stringify(report), /1234567890/);
    });
  }
});
