import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A client's certificate in every form, made with the `openssl` command; `close` removes the folder. */
export interface ClientCertificate {
  readonly folder: string;
  /** Of the authority that signed it: what a server trusts. */
  readonly authorityPem: string;
  readonly cert: string;
  readonly key: string;
  /** The same key, encrypted with `passphrase`. */
  readonly encryptedKey: string;
  /** Both, encrypted with `passphrase`. */
  readonly pfx: string;
  /** Both, with the encryption of twenty years ago. */
  readonly oldPfx: string;
  /** Certificate and key in one file. */
  readonly both: string;
  readonly passphrase: string;
  close(): Promise<void>;
}

const passphrase = "correct horse";
const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
const ca = ["-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2"];
const secret = ["-passout", `pass:${passphrase}`];
const pkcs12 = ["pkcs12", "-export", "-in", "client.pem", "-inkey", "client.key", ...secret];

const steps: readonly (readonly string[])[] = [
  ["req", "-x509", ...curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Clients", "-days", "2"],
  ["req", ...curve, "-keyout", "client.key", "-out", "client.csr", "-subj", "/CN=A client"],
  ["x509", "-req", "-in", "client.csr", ...ca, "-out", "client.pem"],
  ["pkcs8", "-topk8", "-in", "client.key", ...secret, "-out", "encrypted.key"],
  [...pkcs12, "-out", "client.p12"],
  [...pkcs12, "-legacy", "-out", "old.p12"],
];

export async function makeClientCertificate(): Promise<ClientCertificate> {
  const folder = await mkdtemp(join(tmpdir(), "qwen-endpoints-client-"));
  for (const step of steps) await promisify(execFile)("openssl", [...step], { cwd: folder });
  const at = (file: string): string => join(folder, file);
  const parts = await Promise.all(["client.pem", "client.key"].map((file) => readFile(at(file))));
  await writeFile(at("both.pem"), Buffer.concat(parts));
  return {
    folder,
    authorityPem: await readFile(at("ca.pem"), "utf8"),
    cert: at("client.pem"),
    key: at("client.key"),
    encryptedKey: at("encrypted.key"),
    pfx: at("client.p12"),
    oldPfx: at("old.p12"),
    both: at("both.pem"),
    passphrase,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
