/** The TLS options of an endpoint, its files read when they changed. */

import { X509Certificate } from "node:crypto";
import * as tls from "node:tls";

import type { TlsOptions } from "../core/ports.ts";
import { pemCertificate, pfxCertificate, type TlsFile, TlsFileFault } from "./clientCertificate.ts";
import { readSmallFile, type SmallFile } from "./smallFile.ts";

/** Who adds the system's authorities: VS Code does on its own way out, and nobody but we on ours. */
export type Trust = "editor" | "ours";

/** What a request or a handshake is given. Everything in it tells kept connections apart (`https.Agent.getName`). */
export interface WireTls {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string[];
  readonly allowPartialTrustChain?: boolean;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly pfx?: Buffer;
  readonly passphrase?: string;
}

export interface TlsFiles {
  /** Rejects with a `TlsFileFault` for a file that can not be used. */
  options(wanted: TlsOptions | undefined, trust: Trust): Promise<WireTls>;
}

/** `trustsSystem`: are the system's authorities trusted (`http.systemCertificates`)? */
export function tlsFiles(trustsSystem: () => boolean): TlsFiles {
  const files = new KeptFiles();
  return {
    options: async (wanted = { verify: true }, trust) => {
      const own = wanted.ca === undefined ? [] : [await files.authorities(wanted.ca)];
      const shown = { rejectUnauthorized: wanted.verify, ...(await certificateOf(wanted, files)) };
      return own.length === 0 && trust === "editor"
        ? shown
        : {
            ...shown,
            // A `ca` replaces the usual list, so that list goes along with it.
            ca: [...usualAuthorities(trustsSystem()), ...own],
            // A person may trust the server's own certificate, whose issuer nobody has.
            ...(own.length === 0 ? {} : { allowPartialTrustChain: true }),
          };
    },
  };
}

/** No certificate, key or list of authorities is larger. */
const mostBytes = 1024 * 1024;

class KeptFiles {
  readonly #read = new Map<string, SmallFile>();
  readonly #authorities = new Map<string, { readonly stamp: string; readonly pem: string }>();

  async read(field: "ca" | TlsFile["field"], path: string): Promise<SmallFile> {
    try {
      const file = await readSmallFile(path, mostBytes, this.#read.get(path));
      this.#read.set(path, file);
      return file;
    } catch (error) {
      throw new TlsFileFault(field, path, reasonOf(error));
    }
  }

  async authorities(path: string): Promise<string> {
    const { bytes, stamp } = await this.read("ca", path);
    const old = this.#authorities.get(path);
    const pem = old?.stamp === stamp ? old.pem : readAuthorities(path, bytes);
    this.#authorities.set(path, { stamp, pem });
    return pem;
  }
}

/** Nothing where none is configured. */
async function certificateOf(
  { cert, key, pfx, passphrase }: TlsOptions,
  files: KeptFiles,
): Promise<Partial<WireTls>> {
  const fileOf = async (field: TlsFile["field"], path: string): Promise<TlsFile> => ({
    field,
    path,
    bytes: (await files.read(field, path)).bytes,
  });
  if (pfx !== undefined) {
    return pfxCertificate(await fileOf("pfx", pfx), passphrase);
  }
  if (cert === undefined) {
    return key === undefined ? {} : Promise.reject(new TlsFileFault("key", key, "tls.cert is not set"));
  }
  const keyFile = key === undefined ? undefined : await fileOf("key", key);
  return pemCertificate(await fileOf("cert", cert), keyFile, passphrase);
}

/** Node has them since 22.15; an older editor trusts Node's own list and the file. */
function usualAuthorities(withSystem: boolean): readonly string[] {
  if (!("getCACertificates" in tls)) {
    return (tls as { readonly rootCertificates: readonly string[] }).rootCertificates;
  }
  const system = withSystem ? tls.getCACertificates("system") : [];
  return [...new Set([...tls.getCACertificates("default"), ...system])];
}

/** As PEM, also where the file is DER. OpenSSL takes a list whose certificates it can not read for an empty one. */
function readAuthorities(path: string, bytes: Buffer): string {
  const text = bytes.toString("latin1");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    return (blocks ?? [bytes]).map((each) => new X509Certificate(each).toString()).join("\n");
  } catch {
    const why = blocks === null ? "holds no certificate" : "holds a certificate that can not be read";
    throw new TlsFileFault("ca", path, why);
  }
}

/** The system's code says enough, and its message repeats the path. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code === "string") {
    return reasons[code] ?? code;
  }
  return error instanceof Error ? error.message : "can not be read";
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist (ENOENT)",
  EACCES: "may not be read (EACCES)",
  EISDIR: "is a folder (EISDIR)",
  "not-a-file": "is no regular file",
  "too-large": `is larger than ${mostBytes / 1024 / 1024} MB`,
};
