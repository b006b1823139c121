/** The TLS options of an endpoint, its CA file read when it changed. */

import { stat, readFile } from "node:fs/promises";
import * as tls from "node:tls";

import type { TlsOptions } from "../core/ports.ts";

export interface TlsFiles {
  /** Rejects when the CA file can not be read; the error names the file. */
  options(tls: TlsOptions | undefined): Promise<{
    readonly rejectUnauthorized: boolean;
    readonly ca?: string[];
    readonly allowPartialTrustChain?: boolean;
  }>;
}

export function tlsFiles(): TlsFiles {
  const read = new Map<string, { readonly mtimeMs: number; readonly pem: string }>();
  const pemOf = async (path: string): Promise<string> => {
    const { mtimeMs } = await stat(path);
    const old = read.get(path);
    if (old?.mtimeMs === mtimeMs) {
      return old.pem;
    }
    const pem = await readFile(path, "utf8");
    read.set(path, { mtimeMs, pem });
    return pem;
  };
  return {
    options: async (wanted) => {
      const rejectUnauthorized = wanted?.verify ?? true;
      // A `ca` replaces Node's own list, so that list goes along with it, and the system's too.
      return wanted?.ca === undefined
        ? { rejectUnauthorized }
        : {
            rejectUnauthorized,
            // A person may trust the server's own certificate, whose issuer nobody has.
            allowPartialTrustChain: true,
            ca: [...tls.rootCertificates, ...systemCertificates(), await pemOf(wanted.ca)],
          };
    },
  };
}

/** Node has it since 22.15; an older editor trusts Node's own list and the file. */
function systemCertificates(): readonly string[] {
  return "getCACertificates" in tls ? tls.getCACertificates("system") : [];
}
