/** The system's keychain through keytar, which is native and loaded on first use; where it can not be, that is a clear fault. */

import type * as keytarModule from "keytar";

import { KeyFault } from "../../core/keys/keyFailure.ts";
import type { Keychain } from "../../core/ports.ts";
import { pythonEntries } from "./pythonEntries.ts";

/** What we use of it. Its search for all accounts of a service is not among it: it crashes on an entry of Python's keyring. */
export type Keytar = Pick<typeof keytarModule, "getPassword" | "setPassword" | "deletePassword">;

interface KeychainWorld {
  readonly load: () => Promise<Keytar>;
  readonly platform: string;
  readonly patienceMs: number;
}

/** A keyring may ask the person for its password, who may be away. */
const longestWaitMs = 60_000;

export function systemKeychain(world: Partial<KeychainWorld> = {}): Keychain {
  const { load = loadKeytar, platform = process.platform, patienceMs = longestWaitMs } = world;
  const asking = asker(load, patienceMs);
  const python = platform === "linux" ? pythonEntries(patienceMs) : undefined;
  return {
    async read(service, account) {
      const own = await asking((keytar) => keytar.getPassword(service, account));
      return own ?? (await python?.read(service, account));
    },
    async write(service, account, key) {
      const old = await asking((keytar) => keytar.getPassword(service, account));
      const written = (await python?.write(service, account, key)) ?? "no-tool";
      if (written === "no-tool") {
        await asking((keytar) => keytar.setPassword(service, account, key));
      } else if (old !== null) {
        // Of two entries one would soon hold an old key.
        await asking((keytar) => keytar.deletePassword(service, account));
      }
    },
    async clear(service, account) {
      const own = await asking((keytar) => keytar.deletePassword(service, account));
      const theirs = (await python?.clear(service, account)) ?? false;
      return own || theirs;
    },
  };
}

/** One question at a time: each takes one of the few threads on which names are looked up and files are read, too. */
function asker(load: () => Promise<Keytar>, patienceMs: number) {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(ask: (keytar: Keytar) => Promise<T>): Promise<T> => {
    const answer = last.then(async () => {
      const keytar = await load().catch(faulty("keychain-missing"));
      return ask(keytar).catch(faulty("keychain-refused"));
    });
    last = answer.catch(() => undefined);
    return withPatience(answer, patienceMs);
  };
}

function faulty(reason: "keychain-missing" | "keychain-refused") {
  return (error: unknown): never => {
    throw new KeyFault(reason, error instanceof Error ? error.message : String(error));
  };
}

function withPatience<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new KeyFault("timed-out")), patienceMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function loadKeytar(): Promise<Keytar> {
  return (await import("keytar")).default;
}
