import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import type { KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import { failureReason } from "../../../../src/core/keys/keyFailure.ts";
import { printedKeys } from "../../../../src/io/keys/printedKeys.ts";
import { eventually } from "../../../contract/support/eventually.ts";

const secret = "sk-1234567890";

/** Ten minutes at most for a program that ends by itself; the tests about time say their own. */
const usual = { from: "command", cacheSeconds: 300, timeoutSeconds: 600 } as const;

type CommandSource = Extract<KeySource, { from: "command" }>;

const runs = (code: string, ...args: readonly string[]): CommandSource => ({
  ...usual,
  command: [process.execPath, "-e", code, ...args],
});

const prints = (text: string): CommandSource => runs(`process.stdout.write(${JSON.stringify(text)})`);

describe("printedKeys", () => {
  let folder: string;
  let nowMs: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "commands-"));
    nowMs = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const bench = () => printedKeys(65_536, () => nowMs);
  const reasonOf = async (source: CommandSource): Promise<string> =>
    bench()
      .read(source)
      .then((text) => `printed ${text}`, failureReason);
  /** Each run leaves a letter in a file, and prints how many there are. */
  const counting = (): CommandSource => {
    const path = JSON.stringify(join(folder, "runs"));
    return runs(
      `fs.appendFileSync(${path}, "x"); process.stdout.write("sk-" + fs.readFileSync(${path}).length)`,
    );
  };

  it("gives what the program prints", async () => {
    assert.equal(await bench().read(prints(secret)), secret);
  });

  it("hands the arguments over as they are: no shell reads them", async () => {
    const source = runs("process.stdout.write(process.argv[1])", "$(echo no); `no` *");
    assert.equal(await bench().read(source), "$(echo no); `no` *");
  });

  it("runs it in the home folder, not in the one that happens to be open", async () => {
    assert.equal(await bench().read(runs("process.stdout.write(process.cwd())")), homedir());
  });

  it("does not let it wait for input", async () => {
    assert.equal(
      await bench().read(runs("process.stdin.on('end', () => console.log('ended')).resume()")),
      "ended\n",
    );
  });

  const failures: readonly { name: string; source: CommandSource; reason: string }[] = [
    { name: "fails", source: runs("process.exit(3)"), reason: "3" },
    {
      name: "prints a key and fails",
      source: runs(`console.log("${secret}"); process.exitCode = 4`),
      reason: "4",
    },
    { name: "is not there", source: { ...usual, command: ["/no/such/program"] }, reason: "ENOENT" },
    {
      name: "prints without end",
      source: runs("const go = () => process.stdout.write('x'.repeat(65536), go); go()"),
      reason: "too-large",
    },
    {
      name: "is ended by a signal",
      source: runs("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1e6)"),
      reason: "SIGKILL",
    },
    {
      name: "does not end",
      source: { ...runs("process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)"), timeoutSeconds: 0.3 },
      reason: "timed-out",
    },
  ];
  for (const { name, source, reason } of failures) {
    it(`says so when the program ${name}`, async () => {
      assert.equal(await reasonOf(source), reason);
    });
  }

  it("never shows what the program complains of, however much that is", async () => {
    const source = runs(`process.stderr.write("${secret}".repeat(20000)); process.stdout.write("ok")`);
    assert.equal(await bench().read(source), "ok");
    const failed = runs(`process.stderr.write("${secret}"); process.exit(1)`);
    const error: unknown = await bench()
      .read(failed)
      .catch((each: unknown) => each);
    assert.doesNotMatch(JSON.stringify(error) + String(error) + String((error as Error).stack), /sk-1234/);
  });

  if (process.platform !== "win32") {
    it("ends with the program what the program started", async () => {
      const pidFile = join(folder, "pid");
      const child = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(()=>{},1e6)'], {stdio: 'inherit'})`;
      const source = runs(
        `fs.writeFileSync(${JSON.stringify(pidFile)}, String(${child}.pid)); setInterval(()=>{},1e6)`,
      );
      const reason = reasonOf({ ...source, timeoutSeconds: 2 });
      assert.equal(await reason, "timed-out");
      const pid = Number(readFileSync(pidFile, "utf8"));
      await eventually("the program's own program has ended", () => !isRunning(pid));
    });
  }

  it("uses the output again for as long as the endpoint says, and then runs it anew", async () => {
    const commands = bench();
    const source = counting();
    assert.equal(await commands.read(source), "sk-1");
    nowMs = 299_999;
    assert.equal(await commands.read(source), "sk-1");
    nowMs = 300_000;
    assert.equal(await commands.read(source), "sk-2");
  });

  it("runs it every time where nothing is to be kept", async () => {
    const commands = bench();
    const source = { ...counting(), cacheSeconds: 0 };
    assert.deepEqual([await commands.read(source), await commands.read(source)], ["sk-1", "sk-2"]);
  });

  it("runs it once for all who ask at the same time", async () => {
    const commands = bench();
    for (const source of [counting(), { ...counting(), cacheSeconds: 0 }]) {
      const keys = await Promise.all([commands.read(source), commands.read(source), commands.read(source)]);
      assert.equal(new Set(keys).size, 1);
    }
  });

  it("keeps no failure", async () => {
    const commands = bench();
    const path = join(folder, "later");
    const source = runs(`process.stdout.write(fs.readFileSync(${JSON.stringify(path)}))`);
    await assert.rejects(commands.read(source));
    writeFileSync(path, secret);
    assert.equal(await commands.read(source), secret);
  });

  describe("when a server refuses the key", () => {
    it("runs the program once more", async () => {
      const commands = bench();
      const source = counting();
      await commands.read(source);
      commands.refused(source, "sk-1");
      assert.equal(await commands.read(source), "sk-2");
      commands.refused(source, "sk-2");
      assert.equal(await commands.read(source), "sk-3");
    });

    it("runs it no second time for the same key, however often that is refused", async () => {
      const commands = bench();
      const path = JSON.stringify(join(folder, "runs"));
      const source = runs(`fs.appendFileSync(${path}, "x"); process.stdout.write("${secret}")`);
      for (let request = 0; request < 5; request++) {
        commands.refused(source, await commands.read(source));
      }
      assert.equal(readFileSync(join(folder, "runs"), "utf8"), "xx");
    });

    it("keeps a newer key when the refusal of the old one arrives late", async () => {
      const commands = bench();
      const source = counting();
      await commands.read(source);
      commands.refused(source, "sk-1");
      assert.equal(await commands.read(source), "sk-2");
      commands.refused(source, "sk-1");
      assert.equal(await commands.read(source), "sk-2");
    });
  });
});

/** One that ended and was not waited for counts as ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
