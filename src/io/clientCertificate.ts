/** A client certificate and its private key, checked before a handshake fails over them. */

import { createPrivateKey } from "node:crypto";
import * as tls from "node:tls";

/** A file of an endpoint's TLS as it was read; `field` is its setting. */
export interface TlsFile {
  readonly field: "cert" | "key" | "pfx";
  readonly path: string;
  readonly bytes: Buffer;
}

/** What can not be used, which file it is and why; never what the file holds. */
export class TlsFileFault extends Error {
  readonly code: "CA_FILE" | "CLIENT_CERTIFICATE_FILE";

  constructor(field: "ca" | TlsFile["field"], path: string, why: string) {
    super(`tls.${field} ${path}: ${why}`);
    this.code = field === "ca" ? "CA_FILE" : "CLIENT_CERTIFICATE_FILE";
  }
}

interface PemOptions {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly passphrase?: string;
}

/** `key` is undefined where the certificate's file holds the key too. */
export function pemCertificate(
  cert: TlsFile,
  key: TlsFile | undefined,
  passphrase: string | undefined,
): PemOptions {
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(cert.bytes.toString("latin1"))) {
    throw faultOf(cert, "holds no certificate in PEM");
  }
  const holder = key ?? cert;
  const text = holder.bytes.toString("latin1");
  if (!/-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(text)) {
    const missing = key === undefined ? ", and tls.key is not set" : "";
    throw faultOf(holder, `holds no private key in PEM${missing}`);
  }
  const isEncrypted = /ENCRYPTED/.test(text);
  const options = {
    cert: cert.bytes,
    key: holder.bytes,
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  checked(holder, passphrase, isEncrypted, () => void createPrivateKey({ format: "pem", ...options }));
  try {
    tls.createSecureContext(options);
  } catch (error) {
    throw /values.mismatch/i.test(said(error))
      ? faultOf(holder, `is not the key of the certificate in ${cert.path}`)
      : faultOf(cert, "holds no certificate that can be read");
  }
  return options;
}

/** A buffer and not a list of them: Node tells kept connections apart by its bytes. */
export function pfxCertificate(
  pfx: TlsFile,
  passphrase: string | undefined,
): { readonly pfx: Buffer; readonly passphrase?: string } {
  const options = { pfx: pfx.bytes, ...(passphrase === undefined ? {} : { passphrase }) };
  checked(pfx, passphrase, true, () => void tls.createSecureContext(options));
  return options;
}

function checked(
  file: TlsFile,
  passphrase: string | undefined,
  isEncrypted: boolean,
  open: () => void,
): void {
  try {
    open();
  } catch (error) {
    throw faultOf(file, whyNot(said(error), passphrase, isEncrypted));
  }
}

/** OpenSSL and BoringSSL (the desktop editor's) word it differently, and neither has a code for all of it. */
function whyNot(words: string, passphrase: string | undefined, isEncrypted: boolean): string {
  if (/unsupported.pkcs12|UNSUPPORTED_OPERATION/i.test(words)) {
    return "is encrypted in an old way that this editor does not read; export it again with AES-256";
  }
  if (/not enough data|wrong tag|asn1|DECODE_ERROR|BAD_PKCS12/i.test(words) && !/decrypt/i.test(words)) {
    return "can not be read";
  }
  if (!isEncrypted) {
    return "holds no private key that can be read";
  }
  return passphrase === undefined
    ? "is encrypted, and there is no passphrase (tls.passphrase)"
    : "the passphrase does not open it";
}

function said(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return `${code} ${error instanceof Error ? error.message : ""}`;
}

function faultOf({ field, path }: TlsFile, why: string): TlsFileFault {
  return new TlsFileFault(field, path, why);
}
