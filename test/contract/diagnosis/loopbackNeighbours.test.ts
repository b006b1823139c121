import assert from "node:assert/strict";
import { asStep, type AnyStep } from "../../../src/core/diagnosis/step.ts";
import { connectBeside } from "../../../src/core/diagnosis/steps/connect.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import { varyHttp } from "../../../src/core/diagnosis/variations/varyHttp.ts";
import { varyTaskRoute } from "../../../src/core/diagnosis/variations/varyTaskRoute.ts";
import type { Sockets } from "../../../src/core/ports.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  blackHolePort,
  refusedPort,
  reply,
  serveModels,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { endpointAt, patient } from "../support/endpoints.ts";
import {
  assertUnblocked,
  baseUrlsIn,
  blockerIn,
  ladderBench,
  offeredBaseUrl,
  variationsOf,
} from "../support/ladderBench.ts";

/** The ports that are known on this machine, in place of the real ones. */
const known = (...servers: readonly Pick<FaultServer, "port">[]): AnyStep =>
  asStep(connectBeside(servers.map(({ port }) => port)));

describe("where nothing takes a connection on this machine", () => {
  const { started, climb } = ladderBench();

  it("finds the model server on another known port, without sending it the key", async () => {
    const other = await started(startFaultServer());
    serveModels(other);
    const page = await started(startFaultServer());
    page.serve(reply({ headers: { "content-type": "text/html" }, body: "<html>" }));
    const step = known(page, { port: await refusedPort() }, other);
    const report = await climb(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`), { step });

    const finding = blockerIn(report, "connect.refused");
    assert.deepEqual(baseUrlsIn(finding.fixes), [other.baseUrl]);
    assert.equal(offeredBaseUrl(finding), other.baseUrl);
    assert.deepEqual(
      other.requests.map(({ path, headers }) => [path, headers["authorization"]]),
      [["/v1/models", undefined]],
    );
    assert.deepEqual(
      variationsOf(report, "connect")
        .slice(-2)
        .map(({ what, outcome, worked }) => [what, outcome, worked]),
      [
        [other.baseUrl, "200, 1 models", "yes"],
        [page.baseUrl, "200", "no"],
      ],
    );
    assert.equal((await climb(endpointAt(offeredBaseUrl(finding)))).verdict, "healthy");
  });

  it("keeps the name localhost, and takes a 401 for an answer", async () => {
    const other = await started(startFaultServer());
    serveModels(other, { key: "another" });
    const report = await climb(endpointAt(`http://localhost:${await refusedPort()}/v1`), {
      step: known(other),
    });
    const offered = offeredBaseUrl(blockerIn(report, "connect.refused"));
    assert.equal(offered, `http://localhost:${other.port}/v1`);
    assertUnblocked(await climb(endpointAt(offered)), "http");
  });

  it("puts the server with the configured model first", async () => {
    const first = await started(startFaultServer());
    first.serve(reply({ body: { data: [{ id: "another" }] } }));
    const second = await started(startFaultServer());
    serveModels(second);
    const report = await climb(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`), {
      step: known(first, second),
    });
    const { fixes } = blockerIn(report, "connect.refused");
    assert.deepEqual(baseUrlsIn(fixes), [second.baseUrl, first.baseUrl]);
  });

  it("finds TEI, which has no list of models", async () => {
    const tei = await started(startFaultServer());
    tei.serve(reply({ body: { model_id: "Qwen/Qwen3-Embedding-0.6B", model_type: {} } }), "/info");
    const report = await climb(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`), {
      step: known(tei),
    });
    assert.equal(offeredBaseUrl(blockerIn(report, "connect.refused")), tei.baseUrl);
  });

  const taken: readonly (readonly [
    what: string,
    code: string,
    rung: "http" | "chat",
    behaviour: Behaviour,
  ])[] = [
    [
      "a page",
      "http.not-an-api",
      "http",
      reply({ headers: { "content-type": "text/html" }, body: "<html>" }),
    ],
    ["404", "http.wrong-path", "chat", reply({ status: 404, body: { message: "Not Found" } })],
  ];
  for (const [what, code, id, behaviour] of taken) {
    it(`finds it too where another program has the port and answers ${what}`, async () => {
      const program = await started(startFaultServer());
      program.serve(behaviour);
      const meant = await started(startFaultServer());
      serveModels(meant);
      const localPorts = [meant.port];
      const step = steps.find((each) => each.id === id);
      assert.ok(step !== undefined);
      const vary: AnyStep["vary"] = (judgement, subject, learned, ports, signal) =>
        id === "http"
          ? varyHttp(judgement, subject, learned, { ...ports, localPorts }, signal)
          : varyTaskRoute("chat", localPorts)(judgement, subject, learned, ports, signal);
      const report = await climb(endpointAt(program.baseUrl), { step: { ...step, vary } });
      const offered = offeredBaseUrl(blockerIn(report, code));
      assert.equal(offered, meant.baseUrl);
      assert.ok(meant.requests.every(({ headers }) => headers["authorization"] === undefined));
      const extra = report.rungs
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ role }) => role === "variation");
      assert.ok(extra.length <= 6, `${extra.length} extra requests`);
      assert.equal((await climb(endpointAt(offered))).verdict, "healthy");
    });
  }

  it("asks three at most", async () => {
    const servers = await Promise.all([1, 2, 3, 4, 5].map(() => started(startFaultServer())));
    servers.forEach((server) => serveModels(server));
    await climb(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`), { step: known(...servers) });
    assert.equal(servers.flatMap(({ requests }) => requests).length, 3);
  });

  it("names connect.ipv6-only where 127.0.0.1 refuses and ::1 accepts", async () => {
    const server = await started(startFaultServer({ host: "::1" }));
    serveModels(server);
    const report = await climb(endpointAt(`http://127.0.0.1:${server.port}/v1`));
    const finding = blockerIn(report, "connect.ipv6-only");
    assert.equal(offeredBaseUrl(finding), server.baseUrl);
    assert.equal(server.requests[0]?.headers["authorization"], undefined);
    assert.equal((await climb(endpointAt(offeredBaseUrl(finding)))).verdict, "healthy");
  });

  it("offers 127.0.0.1 where ::1 refuses", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    const report = await climb(endpointAt(`http://[::1]:${server.port}/v1`));
    const offered = offeredBaseUrl(blockerIn(report, "connect.refused"));
    assert.equal(offered, server.baseUrl);
    assert.equal((await climb(endpointAt(offered))).verdict, "healthy");
  });

  it("warns of connect.ipv6-only where the name leads to both families and only IPv6 accepts", async () => {
    const server = await started(startFaultServer({ host: "::1" }));
    serveModels(server);
    const both: Sockets = {
      ...nodeSockets(),
      lookup: () =>
        Promise.resolve({
          kind: "found",
          durationMs: 0,
          addresses: [
            { address: "127.0.0.1", family: 4 },
            { address: "::1", family: 6 },
          ],
        }),
    };
    const report = await climb(endpointAt(`http://localhost:${server.port}/v1`), {
      ports: { sockets: both },
    });
    const finding = report.findings.find(({ code }) => code === "connect.ipv6-only");
    assert.equal(finding?.severity, "warning");
    assert.deepEqual(baseUrlsIn(finding.fixes), [server.baseUrl]);
    assert.equal((await climb(endpointAt(server.baseUrl))).verdict, "healthy");
  });

  it("offers the command that shows who listens, for the system the requests leave from", async () => {
    const endpoint = endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`);
    for (const [platform, command] of [
      ["linux", /^ss -ltnp/],
      ["darwin", /^lsof -nP/],
      ["win32", /^powershell -Command "Get-NetTCPConnection/],
    ] as const) {
      const report = await climb(endpoint, { subject: { platform }, step: known() });
      const fix = blockerIn(report, "connect.refused").fixes.find(({ kind }) => kind === "run-command");
      assert.match(fix?.kind === "run-command" ? fix.command : "", command);
    }
  });

  it("names every address where everything is dropped, and looks elsewhere", async () => {
    const hole = await started(blackHolePort());
    const other = await started(startFaultServer());
    serveModels(other);
    const timeouts = { ...patient, connectMs: 150 };
    const report = await climb(endpointAt(`http://127.0.0.1:${hole.port}/v1`, { timeouts }), {
      step: known(other),
    });
    const finding = blockerIn(report, "connect.timeout");
    assert.match(finding.evidence[0] ?? "", new RegExp(`^127\\.0\\.0\\.1:${hole.port} → TIMEOUT`));
    assert.equal(offeredBaseUrl(finding), other.baseUrl);
  });
});
