/** The TLS options of an endpoint, its CA file read when it changed. */

import { stat, readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";

import type { TlsOptions } from "../core/ports.ts";

export interface TlsFiles {
  /** Rejects when the CA file can not be read; the error names the file. */
  options(
    tls: TlsOptions | undefined,
  ): Promise<{ readonly rejectUnauthorized: boolean; readonly ca?: string[] }>;
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
    options: async (tls) => {
      const rejectUnauthorized = tls?.verify ?? true;
      // A `ca` replaces Node's own list, so that list goes along with it.
      return tls?.ca === undefined
        ? { rejectUnauthorized }
        : { rejectUnauthorized, ca: [...rootCertificates, await pemOf(tls.ca)] };
    },
  };
}
