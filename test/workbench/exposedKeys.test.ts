import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type FaultServer, serveModels, startFaultServer } from "../support/faultServer.ts";
import { openWithEndpoints, until, type Workbench } from "./openWithEndpoints.ts";

const secrets = {
  inUrl: "sk-window-url-4c1f7a90",
  inHeader: "sk-window-header-77b0e3d2",
  inKey: "sk-window-key-e19a5c08",
} as const;

describe("keys that stand in the settings, in the window", () => {
  let workbench: Workbench;
  let servers: readonly FaultServer[];
  const file = (): string => readFileSync(join(workbench.folder, ".vscode/settings.json"), "utf8");
  const shown = async (): Promise<string> =>
    (await Promise.all(workbench.page.frames().map((frame) => frame.content().catch(() => "")))).join("\n");
  const assertHidden = async (): Promise<void> => {
    const everything = `${await shown()}${workbench.server.log()}`;
    for (const secret of Object.values(secrets)) {
      assert.ok(!everything.includes(secret), `${secret} is shown`);
    }
  };
  const sent = (server: FaultServer | undefined): readonly (string | undefined)[] =>
    (server?.requests ?? []).map(({ headers }) => headers["authorization"] ?? headers["Authorization"]);

  before(async () => {
    servers = await Promise.all(Object.values(secrets).map(() => startFaultServer()));
    const [url, header, key] = servers;
    Object.values(secrets).forEach((secret, index) => {
      serveModels(servers[index]!, { key: secret });
    });
    const more = { models: { chat: "qwen-test" }, checkEverySeconds: 1 };
    const endpoints = [
      { id: "url", name: "In the URL", baseUrl: `${url?.baseUrl}?api_key=${secrets.inUrl}`, ...more },
      {
        id: "header",
        name: "In a header",
        baseUrl: header?.baseUrl,
        headers: { Authorization: `Bearer ${secrets.inHeader}` },
        ...more,
      },
      { id: "key", name: "As the key", baseUrl: key?.baseUrl, key: secrets.inKey, ...more },
    ];
    const files = {
      ".vscode/settings.json": JSON.stringify({ "qwen.endpoints": endpoints }, undefined, 2),
      "a.md": "# a\n",
    };
    workbench = await openWithEndpoints(undefined, { files });
    await workbench.treeRow("Endpoints", "As the key").waitFor();
  });
  after(async () => {
    await workbench.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  it("are warnings below rows of endpoints, without the key anywhere in the window", async () => {
    await until("all are checked", async () =>
      (await workbench.treeRows("Endpoints")).every(({ description }) => / · \d/.test(description)),
    );
    const rows = await workbench.treeRows("Endpoints");
    assert.match(rows[0]?.description ?? "", /^The server wants a key/);
    assert.match(rows[1]?.description ?? "", /^There is a key in the settings/);
    assert.match(rows[2]?.description ?? "", /^The server wants a key/);
    await workbench.treeRow("Endpoints", "In a header").click();
    await workbench.treeRow("Endpoints", "auth.in-settings").click();
    await workbench.treeRow("Endpoints", "Move the key to the secret storage").waitFor();
    await workbench.picture("key-in-settings");
    await assertHidden();
    // From the URL and from the field "key" nothing is sent; from the header it is, as before.
    assert.deepEqual(new Set(sent(servers[0])), new Set([undefined]));
    assert.deepEqual(new Set(sent(servers[1])), new Set([`Bearer ${secrets.inHeader}`]));
    assert.deepEqual(new Set(sent(servers[2])), new Set([undefined]));
  });

  it("move to the secret storage with one click each, and then reach the server as a bearer", async () => {
    await workbench.treeRow("Endpoints", "Move the key to the secret storage").click();
    await until("the header is gone from the file", () => !file().includes(secrets.inHeader));
    for (const [name, secret] of [
      ["As the key", secrets.inKey],
      ["In the URL", secrets.inUrl],
    ] as const) {
      await until("the row of the one before is gone", async () =>
        (await workbench.treeRows("Endpoints")).every(
          ({ description }) => description !== "auth.in-settings",
        ),
      );
      await workbench.treeRow("Endpoints", name).click();
      await workbench.treeRow("Endpoints", "auth.in-settings").click();
      await workbench.treeRow("Endpoints", "Move the key to the secret storage").click();
      await until(`${name}: gone from the file`, () => !file().includes(secret));
    }
    const bearers = Object.values(secrets).map((secret) => `Bearer ${secret}`);
    for (const [index, bearer] of bearers.entries()) {
      await until(`${bearer.slice(0, 20)} arrives`, () => sent(servers[index]).includes(bearer));
    }
    const written = JSON.parse(file()) as { readonly "qwen.endpoints": readonly object[] };
    assert.deepEqual(
      written["qwen.endpoints"].map((entry) => [
        "key" in entry ? entry.key : undefined,
        "headers" in entry ? entry.headers : undefined,
      ]),
      [
        [{ from: "secret" }, undefined],
        [{ from: "secret" }, undefined],
        [{ from: "secret" }, undefined],
      ],
    );
    await until("all are well", async () =>
      (await workbench.treeRows("Endpoints"))
        .filter(({ level }) => level === 1)
        .every(({ description }) => /ms · /.test(description)),
    );
    await assertHidden();
  });
});
