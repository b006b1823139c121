import assert from "node:assert/strict";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import {
  reply,
  serveModels,
  startFaultServer,
  startTlsServer,
  type FaultServer,
} from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "../support/endpoints.ts";
import { ladderBench, secret } from "../support/ladderBench.ts";

const statuses = [301, 302, 303, 307, 308];
const header = "sk-a-header-of-its-own";

/** Where a redirect leads; `other` is the only other server there is. */
const targets: Readonly<Record<string, (own: FaultServer, other: FaultServer) => string>> = {
  "another port": (_own, other) => `${other.baseUrl}/models`,
  "another host": (_own, other) => `http://localhost:${other.port}/v1/models`,
  "another scheme": (_own, other) => `https://127.0.0.1:${other.port}/v1/models`,
  "another address without a scheme": (_own, other) => `//127.0.0.1:${other.port}/v1/models`,
  itself: (own) => `${own.baseUrl}/models`,
};

describe("a redirect", () => {
  const { started, climb } = ladderBench();
  let http: NodeHttp;
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(() => http.dispose());

  for (const [name, to] of Object.entries(targets)) {
    for (const status of statuses) {
      it(`${status} to ${name} is followed by nobody with a key`, async () => {
        const own = await started(startFaultServer());
        const isTls = name === "another scheme";
        const other = await started(
          isTls ? startTlsServer({ certificate: "untrusted" }) : startFaultServer(),
        );
        serveModels(other);
        own.serve(reply({ status, headers: { location: to(own, other) } }));
        const headers = { "x-gateway-key": header };
        const endpoint = endpointAt(own.baseUrl, { headers, tls: { verify: false } });
        const credentials = keyed(secret, headers);

        const request = { endpoint, credentials, path: "/chat/completions", body: { model: "m" } };
        const outcome = await openaiGateway(http).open(request, unaborted());
        assert.equal(outcome.kind === "reply" ? outcome.reply.status : outcome.kind, status);
        assert.deepEqual(
          own.requests.map(({ path }) => path),
          ["/v1/chat/completions"],
        );
        assert.equal(other.connections, 0);

        await climb(endpoint, { subject: { credentials } });
        assert.ok(own.requests.some((each) => each.head.includes(secret)));
        // The ladder may ask where it leads to, and then bare.
        assert.doesNotMatch(other.requests.map(({ head }) => head).join(""), /sk-/);
        assert.ok(own.requests.length < 20, `${own.requests.length} requests`);
      });
    }
  }
});
