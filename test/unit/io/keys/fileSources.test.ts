import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import type { EndpointScope, KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import type { KeyReading } from "../../../../src/core/ports.ts";
import { printedKeys } from "../../../../src/io/keys/printedKeys.ts";
import { readKeySource } from "../../../../src/io/keys/keySources.ts";
import { failureReason } from "../../../../src/core/keys/keyFailure.ts";
import { fakeKeychain } from "../../../support/builders.ts";

const secret = "sk-1234567890";
const isWindows = process.platform === "win32";

describe("a key in a file", () => {
  let outside: string;
  let folder: string;
  beforeEach(() => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), "keys-")));
    folder = join(outside, "workspace");
    mkdirSync(folder);
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  interface World {
    readonly scope?: EndpointScope;
    readonly folder?: "none";
    readonly trust?: "withheld";
  }
  /** The reading, or the reason why there is none. */
  const read = async (key: KeySource, world: World = {}): Promise<KeyReading | string> => {
    const workspace = {
      id: "file:///work",
      folder: world.folder === "none" ? undefined : folder,
      isTrusted: () => world.trust !== "withheld",
    };
    const sources = { env: {}, keychain: fakeKeychain(), commands: printedKeys(10, () => 0), workspace };
    try {
      return await readKeySource({ key, scope: world.scope ?? "user" }, undefined, sources);
    } catch (error) {
      return failureReason(error);
    }
  };
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(path, content);
    return path;
  };
  const file = (path: string): KeySource => ({ from: "file", path });
  const found = { kind: "key", value: secret };

  const contents: readonly { name: string; content: string | Uint8Array; value: string }[] = [
    { name: "as it is", content: secret, value: secret },
    { name: "with a line end", content: `${secret}\n`, value: secret },
    { name: "with Windows line ends", content: `${secret}\r\n\r\n`, value: secret },
    { name: "with a byte order mark", content: `\ufeff${secret}`, value: secret },
    { name: "as long as a key may be", content: "x".repeat(65_536), value: "x".repeat(65_536) },
  ];
  for (const { name, content, value } of contents) {
    it(`is read ${name}`, async () => {
      assert.deepEqual(await read(file(write(join(outside, "key"), content))), { kind: "key", value });
    });
  }

  it("is read below the home folder", async () => {
    const name = `qwen-test-${process.pid}`;
    const path = write(join(homedir(), name), secret);
    try {
      assert.deepEqual(await read(file(`~/${name}`)), found);
    } finally {
      rmSync(path);
    }
  });

  it("is read below the workspace's folder where the path is relative", async () => {
    write(join(folder, "key"), secret);
    assert.deepEqual(await read(file("key")), found);
  });

  it("is missing where the path is relative and no folder is open", async () => {
    assert.deepEqual(await read(file("key"), { folder: "none" }), {
      kind: "missing",
      where: "file key: no folder is open",
    });
  });

  it("is read anew when the link to it is swapped, as Kubernetes does", async () => {
    write(join(outside, "v1"), "sk-first");
    write(join(outside, "v2"), "sk-second");
    symlinkSync("v1", join(outside, "key"));
    assert.deepEqual(await read(file(join(outside, "key"))), { kind: "key", value: "sk-first" });
    symlinkSync("v2", join(outside, "next"));
    renameSync(join(outside, "next"), join(outside, "key"));
    assert.deepEqual(await read(file(join(outside, "key"))), { kind: "key", value: "sk-second" });
  });

  it("is missing where the file holds nothing but a line end, and refused where there is no file", async () => {
    const path = write(join(outside, "key"), "\n");
    assert.deepEqual(await read(file(path)), { kind: "missing", where: `file ${path}` });
    assert.equal(await read(file(join(outside, "nope"))), "ENOENT");
  });

  it("is refused, not cut, when it is longer than a key can be", async () => {
    assert.equal(await read(file(write(join(outside, "key"), "x".repeat(65_537)))), "too-large");
  });

  it("is refused where it is a folder", async () => {
    assert.equal(await read(file(outside)), isWindows ? "EISDIR" : "not-a-file");
  });

  if (!isWindows) {
    it("is refused where it is a pipe that nobody writes to, without waiting for one", async () => {
      execFileSync("mkfifo", [join(outside, "pipe")]);
      assert.equal(await read(file(join(outside, "pipe"))), "not-a-file");
    });

    for (const path of ["/dev/zero", "/dev/null", "/dev/tty"]) {
      it(`is not read from ${path}`, async () => {
        assert.equal(typeof (await read(file(path))), "string");
      });
    }
  }

  describe("of the .env kind", () => {
    const env = (path: string, name = "API_KEY"): KeySource => ({ from: "env", name, file: path });

    const lines: readonly { name: string; text: string; value: string }[] = [
      { name: "plain", text: `API_KEY=${secret}`, value: secret },
      { name: "exported and quoted", text: `export API_KEY='${secret}'`, value: secret },
      { name: "with a comment behind it", text: `API_KEY=${secret} # mine`, value: secret },
      { name: "among others", text: `A=1\nAPI_KEY="${secret}"\nB=2\n`, value: secret },
      { name: "behind a byte order mark", text: `\ufeffAPI_KEY=${secret}`, value: secret },
      { name: "with Windows line ends", text: `A=1\r\nAPI_KEY=${secret}\r\n`, value: secret },
    ];
    for (const { name, text, value } of lines) {
      it(`is read ${name}`, async () => {
        write(join(folder, ".env"), text);
        assert.deepEqual(await read(env(".env")), { kind: "key", value });
      });
    }

    it("is missing where the file does not name it, though every object has a constructor", async () => {
      write(join(folder, ".env"), "A=1");
      for (const name of ["API_KEY", "constructor", "__proto__"]) {
        assert.deepEqual(await read(env(".env", name)), { kind: "missing", where: `env ${name} (.env)` });
      }
    });

    it("changes nothing in our own environment", async () => {
      const before = JSON.stringify(process.env);
      write(join(folder, ".env"), `API_KEY=${secret}\nPATH=/evil\nDOTENV_CONFIG_PATH=/evil`);
      await read(env(".env"));
      assert.equal(JSON.stringify(process.env), before);
    });

    it("says that no folder is open where the path is relative", async () => {
      assert.deepEqual(await read(env(".env"), { folder: "none" }), {
        kind: "missing",
        where: "env API_KEY (.env): no folder is open",
      });
    });

    it("is not read from an untrusted workspace, not for a user's endpoint either", async () => {
      write(join(folder, ".env"), `API_KEY=${secret}`);
      assert.equal(await read(env(".env"), { trust: "withheld" }), "untrusted-workspace");
      assert.deepEqual(await read(env(join(folder, ".env")), { trust: "withheld" }), found);
    });

    it("is refused when the file is a megabyte and more", async () => {
      write(join(folder, ".env"), `API_KEY=${secret}\n${"#".repeat(1024 * 1024)}`);
      assert.equal(await read(env(".env")), "too-large");
    });
  });

  describe("that a workspace names", () => {
    const scope = "workspace" as const;
    const both = (path: string): readonly KeySource[] => [
      { from: "env", name: "API_KEY", file: path },
      file(path),
    ];

    it("is read from within its folder, and through a link that stays there", async () => {
      write(join(folder, "real"), secret);
      symlinkSync("real", join(folder, "key"));
      for (const path of ["key", join(folder, "key"), "./real"]) {
        assert.deepEqual(await read(file(path), { scope }), found, path);
      }
    });

    it("is not read where the path goes up", async () => {
      write(join(outside, "key"), `API_KEY=${secret}`);
      for (const path of ["../key", "sub/../../key", "..\\key", `${folder}/../key`]) {
        for (const key of both(path)) assert.equal(await read(key, { scope }), "outside-workspace", path);
      }
    });

    it("is not read where a link leads out of its folder, be it the file or a folder above it", async () => {
      write(join(outside, "key"), `API_KEY=${secret}`);
      symlinkSync(join(outside, "key"), join(folder, "file"));
      symlinkSync(outside, join(folder, "sub"));
      for (const path of ["file", "sub/key", join(folder, "file")]) {
        for (const key of both(path)) assert.equal(await read(key, { scope }), "outside-workspace", path);
      }
    });

    it("is read from elsewhere where the whole path was agreed to", async () => {
      write(join(outside, "key"), secret);
      assert.deepEqual(await read(file(join(outside, "key")), { scope }), found);
    });
  });
});
