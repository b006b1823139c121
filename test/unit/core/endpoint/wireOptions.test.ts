import assert from "node:assert/strict";

import { wireOptions } from "../../../../src/core/endpoint/wireOptions.ts";
import { anEndpoint } from "../../../support/builders.ts";

const tls = { ca: "/ca.pem", verify: false, cert: "/c.pem", key: "/k.pem" };
const proxy = "http://proxy.example:3128";

describe("wireOptions", () => {
  it("uses all that a user's endpoint says", () => {
    assert.deepEqual(wireOptions(anEndpoint({ tls, proxy }), {}), { tls, proxy });
  });

  it("uses a workspace's client certificate and proxy only with consent", () => {
    const endpoint = anEndpoint({ scope: "workspace", tls: { ...tls, pfx: "/c.pfx" }, proxy });
    assert.deepEqual(wireOptions(endpoint, {}), { tls: { ca: "/ca.pem", verify: false } });
    assert.deepEqual(wireOptions(endpoint, { consent: "given" }), {
      tls: { ...tls, pfx: "/c.pfx" },
      proxy,
    });
  });

  it("puts the passphrase in place of its template, and presents no certificate without", () => {
    const endpoint = anEndpoint({ tls: { verify: true, pfx: "/c.pfx", passphrase: "${secret:P}" } });
    assert.deepEqual(wireOptions(endpoint, { passphrase: "open" }), {
      tls: { verify: true, pfx: "/c.pfx", passphrase: "open" },
    });
    assert.deepEqual(wireOptions(endpoint, {}), { tls: { verify: true } });
  });
});
