import assert from "node:assert/strict";
import { lookup } from "node:dns/promises";
import { createServer, type AddressInfo } from "node:net";
import type { NetworkFault } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { blackHolePort, refusedPort, reply, startFaultServer } from "../../support/faultServer.ts";
import { getRequest, patient, unaborted } from "../support/endpoints.ts";

const body = '{"object":"list","data":[]}';

describe("nodeHttp and addresses that take no connection", () => {
  let http: NodeHttp;
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(() => http.dispose());
  const faultOf = async (url: string, timeouts = patient): Promise<NetworkFault> => {
    const outcome = await http.send(getRequest(url, { timeouts }), unaborted());
    assert.ok(outcome.kind === "fault", JSON.stringify(outcome));
    return outcome.fault;
  };

  for (const host of ["127.0.0.1", "::1"] as const) {
    const shown = host === "::1" ? "[::1]" : host;
    it(`names a refusal of ${shown}`, async () => {
      const port = await refusedPort(host);
      const fault = await faultOf(`http://${shown}:${port}/v1/models`);
      const attempts = [{ address: `${shown}:${port}`, code: "ECONNREFUSED" }];
      assert.deepEqual(
        { ...fault, message: "" },
        { phase: "connect", code: "ECONNREFUSED", message: "", attempts },
      );
    });
  }

  it("lists every address of localhost that refused", async () => {
    const port = await refusedPort();
    const addresses = await lookup("localhost", { all: true });
    const fault = await faultOf(`http://localhost:${port}/v1/models`);
    assert.equal(fault.code, "ECONNREFUSED");
    assert.deepEqual(
      fault.attempts.map(({ address }) => address).sort(),
      addresses.map(({ address, family }) => `${family === 6 ? `[${address}]` : address}:${port}`).sort(),
    );
    assert.ok(fault.attempts.every(({ code }) => code === "ECONNREFUSED"));
  });

  it("names a name that does not exist", async () => {
    const fault = await faultOf("http://no-such-host.invalid/v1/models");
    assert.equal(fault.phase, "name");
    assert.match(fault.code, /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.deepEqual(fault.attempts, []);
  });

  for (const host of ["127.0.0.1", "localhost"]) {
    it(`gives up connecting to ${host} where everything is dropped, also when the name is known already`, async () => {
      const hole = await blackHolePort();
      try {
        for (let count = 0; count < 2; count++) {
          const timeouts = { ...patient, connectMs: 300 };
          const { phase, code, timer } = await faultOf(`http://${host}:${hole.port}/v1/models`, timeouts);
          assert.deepEqual({ phase, code, timer }, { phase: "connect", code: "TIMEOUT", timer: "connect" });
        }
      } finally {
        await hole.close();
      }
    });
  }

  it("reaches a server that listens on IPv6 alone", async () => {
    const server = await startFaultServer({ host: "::1" });
    server.serve(reply({ body }));
    const outcome = await http.send(getRequest(`${server.baseUrl}/models`), unaborted());
    assert.equal(outcome.kind, "reply");
    await server.close();
  });

  for (const url of ["not a url", "http://", "ftp://127.0.0.1/v1", "http://127.0.0.1:99999/v1"]) {
    it(`sends nothing to "${url}" and says so without throwing`, async () => {
      const fault = await faultOf(url);
      assert.equal(fault.phase, "send");
      assert.match(fault.code, /^ERR_INVALID_(URL|PROTOCOL)$/);
    });
  }

  const unsendable: readonly { readonly name: string; readonly value: string }[] = [
    { name: "a line feed", value: "Bearer sk-first\nsecond-half" },
    {
      name: "a carriage return and a header of its own",
      value: "Bearer sk-first\r\nx-smuggled: second-half",
    },
    { name: "a Chinese letter", value: "Bearer sk-first-密钥" },
    { name: "a NUL", value: "Bearer sk-first\0second" },
  ];
  for (const { name, value } of unsendable) {
    it(`sends no header that holds ${name}, and the fault does not repeat it`, async () => {
      let connections = 0;
      const server = createServer((socket) => {
        connections += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const outcome = await http.send(getRequest(url, { headers: { authorization: value } }), unaborted());
      server.close();
      assert.ok(outcome.kind === "fault");
      assert.equal(outcome.fault.code, "ERR_INVALID_CHAR");
      assert.doesNotMatch(JSON.stringify(outcome), /first|second|sk-|密/);
      assert.equal(connections, 0);
    });
  }
});
