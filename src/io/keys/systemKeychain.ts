/** The system's keychain through keytar, which is native and loaded on first use; where it can not be, that is a clear fault. */

import type * as keytarModule from "keytar";

import type { Keychain } from "../../core/ports.ts";

/** `missing`: keytar or the library under it can not be loaded. `refused`: the keychain is locked, denied, or there is no keyring behind it. */
export class KeychainFault extends Error {
  readonly reason: "missing" | "refused";

  constructor(reason: "missing" | "refused", message: string) {
    super(message);
    this.reason = reason;
  }
}

export function systemKeychain(): Keychain {
  return {
    read: async (service, account) =>
      (await asking((keytar) => keytar.getPassword(service, account))) ?? undefined,
    write: (service, account, key) => asking((keytar) => keytar.setPassword(service, account, key)),
    clear: (service, account) => asking((keytar) => keytar.deletePassword(service, account)),
  };
}

type Keytar = typeof keytarModule;

async function asking<T>(ask: (keytar: Keytar) => Promise<T>): Promise<T> {
  const keytar = await load();
  try {
    return await ask(keytar);
  } catch (error) {
    throw new KeychainFault("refused", error instanceof Error ? error.message : String(error));
  }
}

async function load(): Promise<Keytar> {
  try {
    return (await import("keytar")).default;
  } catch (error) {
    throw new KeychainFault("missing", error instanceof Error ? error.message : String(error));
  }
}
