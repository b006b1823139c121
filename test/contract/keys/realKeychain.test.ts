/** keytar against gnome-keyring, the secret service of most Linux desktops. In child processes: a native module may take its process with it. */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { finishProcess } from "../../../dev/processes.ts";
import { inProject } from "../../../dev/paths.ts";
import { temporaryFolder } from "../../../dev/temporary.ts";
import {
  debianPython,
  ensureSecretService,
  type SecretService,
  startSecretService,
} from "../../support/secretService.ts";

type Step = readonly ["read" | "clear", string, string] | readonly ["write", string, string, string];
type Env = Readonly<Record<string, string>>;

/** Asks our keychain in a process of that session; a step that is refused gives its reason. */
async function ask(env: Env, ...steps: readonly Step[]): Promise<readonly unknown[]> {
  const code = `
    import { systemKeychain } from ${JSON.stringify(inProject("src", "io", "keys", "systemKeychain.ts"))};
    const keychain = systemKeychain({ patienceMs: 20_000 });
    const results = [];
    for (const [method, ...args] of ${JSON.stringify(steps)}) {
      results.push(await keychain[method](...args).then((value) => value ?? null, (error) => error.reason));
    }
    console.log(JSON.stringify(results));`;
  const node = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", code];
  const { output, code: exit } = await finishProcess(process.execPath, node, { env });
  assert.equal(exit, 0, output);
  return JSON.parse(output) as readonly unknown[];
}

/** What Python's keyring says, as its documentation calls it. */
async function python(env: Env, call: string): Promise<string> {
  const code = `import keyring\nprint(repr(keyring.${call}))`;
  const { output } = await finishProcess(debianPython, ["-c", code], { env });
  return output;
}

describe("the system's keychain", function () {
  this.timeout(300_000);
  let service: SecretService;
  let env: Env;

  before(async function () {
    if (process.platform !== "linux") this.skip();
    try {
      await ensureSecretService(console.log);
    } catch (error) {
      console.log(`Skipped: ${String(error)}`);
      this.skip();
    }
  });
  beforeEach(async () => {
    service = await startSecretService();
    env = service.env;
  });
  afterEach(() => service.stop());

  it("gives back what it was given, and nothing for what it does not hold", async () => {
    const key = `sk-"quoted" \\ 密钥 ${"x".repeat(2000)}`;
    assert.deepEqual(
      await ask(
        env,
        ["read", "svc", "me"],
        ["write", "svc", "me", key],
        ["read", "svc", "me"],
        ["read", "svc", "other"],
        ["write", "svc", "me", "sk-new"],
        ["read", "svc", "me"],
        ["clear", "svc", "me"],
        ["clear", "svc", "me"],
        ["read", "svc", "me"],
      ),
      [null, null, key, null, null, "sk-new", true, false, null],
    );
  });

  it("is the same for another process", async () => {
    await ask(env, ["write", "svc", "me", "sk-1"]);
    assert.deepEqual(await ask(env, ["read", "svc", "me"]), ["sk-1"]);
  });

  it("holds the entries that Python's keyring wrote", async () => {
    await python(env, 'set_password("svc", "me", "sk-python")');
    assert.deepEqual(await ask(env, ["read", "svc", "me"]), ["sk-python"]);
  });

  it("holds entries that Python's keyring reads, and of each only one, whoever writes last", async () => {
    await ask(env, ["write", "svc", "me", "sk-ours"]);
    assert.equal(await python(env, 'get_password("svc", "me")'), "'sk-ours'");
    await python(env, 'set_password("svc", "me", "sk-python")');
    assert.deepEqual(await ask(env, ["read", "svc", "me"]), ["sk-python"]);
    await ask(env, ["write", "svc", "me", "sk-ours-again"]);
    assert.equal(await python(env, 'get_password("svc", "me")'), "'sk-ours-again'");
    assert.deepEqual(await ask(env, ["clear", "svc", "me"], ["read", "svc", "me"]), [true, null]);
    assert.equal(await python(env, 'get_password("svc", "me")'), "None");
  });

  it("replaces an entry that keytar wrote by itself, so that no old key is left", async () => {
    const keytar = inProject("node_modules", "keytar");
    const write = `require(${JSON.stringify(keytar)}).setPassword("svc", "me", "sk-old")`;
    await finishProcess(process.execPath, ["-e", write], { env });
    assert.equal(await python(env, 'get_password("svc", "me")'), "None", "why secret-tool is needed");
    assert.deepEqual(await ask(env, ["read", "svc", "me"]), ["sk-old"]);
    await ask(env, ["write", "svc", "me", "sk-new"]);
    assert.deepEqual(await ask(env, ["read", "svc", "me"]), ["sk-new"]);
    assert.equal(await python(env, 'get_password("svc", "me")'), "'sk-new'");
  });

  it("works by keytar alone where secret-tool is not installed", async () => {
    const alone = { ...env, PATH: "/nowhere" };
    const steps: readonly Step[] = [
      ["write", "svc", "me", "sk-1"],
      ["read", "svc", "me"],
      ["clear", "svc", "me"],
    ];
    assert.deepEqual(await ask(alone, ...steps), [null, "sk-1", true]);
  });

  it("refuses to write while it is locked, and says nothing of what it holds", async () => {
    await ask(env, ["write", "svc", "me", "sk-1"]);
    await service.lock();
    assert.deepEqual(await ask(env, ["read", "svc", "me"], ["write", "svc", "me", "sk-2"]), [
      null,
      "keychain-refused",
    ]);
  });
});

describe("the system's keychain where there is none", function () {
  this.timeout(60_000);
  const steps: readonly Step[] = [
    ["read", "svc", "me"],
    ["write", "svc", "me", "sk-1"],
    ["clear", "svc", "me"],
  ];

  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  const sessions: readonly { name: string; address: string }[] = [
    { name: "without a D-Bus session", address: "" },
    { name: "with a session that has gone", address: "unix:path=/nowhere/bus" },
  ];
  for (const { name, address } of sessions) {
    it(`refuses ${name}, whatever is asked, and the process lives on`, async () => {
      const env = { DBUS_SESSION_BUS_ADDRESS: address, DISPLAY: "", XDG_RUNTIME_DIR: "/nowhere" };
      const reasons = await ask(env, ...steps);
      assert.equal(reasons.length, 3);
      for (const reason of reasons) assert.match(String(reason), /^keychain-(refused|missing)$/);
    });
  }

  it("is missing where keytar can not be loaded", async () => {
    // What the loader says where libsecret is not installed.
    const folder = temporaryFolder("no-keytar");
    const stub = join(folder.path, "loader.cjs");
    const message = "libsecret-1.so.0: cannot open shared object file: No such file or directory";
    writeFileSync(stub, `process.dlopen = () => { throw new Error("${message}"); };`);
    const reasons = await ask({ NODE_OPTIONS: `--require=${stub}` }, ...steps);
    assert.deepEqual(reasons, ["keychain-missing", "keychain-missing", "keychain-missing"]);
    folder.remove();
  });
});
