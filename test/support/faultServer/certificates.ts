import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** What is wrong with a certificate. "untrusted" and "trusted" are signed by an authority of our own: only the client's trust differs. */
export type CertificateKind = "self-signed" | "expired" | "wrong-name" | "untrusted" | "trusted";

/** A fresh key and certificate. The authority of a self-signed one is itself. */
export interface Issued {
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly authorityPem: string;
}

const loopbackNames = "DNS:localhost,IP:127.0.0.1,IP:::1";
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** Makes a certificate with the `openssl` command, in a folder that is gone afterwards. */
export async function issueCertificate(kind: CertificateKind): Promise<Issued> {
  const folder = await mkdtemp(join(tmpdir(), "qwen-endpoints-tls-"));
  try {
    await writeFile(join(folder, "openssl.cnf"), configuration(kind));
    await writeFile(join(folder, "index.txt"), "");
    await openssl(folder, [
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      ...authority(kind),
    ]);
    if (kind === "self-signed") return await read(folder, "ca.key", "ca.pem");
    await openssl(folder, [
      "req",
      ...newKey,
      "-keyout",
      "leaf.key",
      "-out",
      "leaf.csr",
      "-subj",
      "/CN=Fault server",
    ]);
    await openssl(folder, [
      "ca",
      "-batch",
      "-notext",
      "-in",
      "leaf.csr",
      "-out",
      "leaf.pem",
      ...validity(kind),
    ]);
    return await read(folder, "leaf.key", "leaf.pem");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function authority(kind: CertificateKind): readonly string[] {
  return kind === "self-signed"
    ? ["-subj", "/CN=Fault server", "-days", "2", "-extensions", "leaf"]
    : ["-subj", "/CN=Fault server authority", "-days", "2", "-extensions", "authority"];
}

function validity(kind: CertificateKind): readonly string[] {
  return kind === "expired"
    ? ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"]
    : ["-days", "2"];
}

function configuration(kind: CertificateKind): string {
  return `
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:true
subjectKeyIdentifier = hash
[leaf]
subjectAltName = ${kind === "wrong-name" ? "DNS:wrong-name.test" : loopbackNames}
[ca]
default_ca = ours
[ours]
database = index.txt
new_certs_dir = .
rand_serial = yes
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
`;
}

async function openssl(folder: string, parameters: readonly string[]): Promise<void> {
  const [command = "", ...rest] = parameters;
  try {
    await promisify(execFile)("openssl", [command, "-config", "openssl.cnf", ...rest], { cwd: folder });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const install =
      "apt-get install openssl (Debian), brew install openssl (macOS) or winget install openssl (Windows)";
    throw new Error(`The TLS tests need the openssl command. Install it: ${install}`, { cause: error });
  }
}

async function read(folder: string, key: string, certificate: string): Promise<Issued> {
  const [keyPem, certificatePem, authorityPem] = await Promise.all(
    [key, certificate, "ca.pem"].map((file) => readFile(join(folder, file), "utf8")),
  );
  return { keyPem: keyPem ?? "", certificatePem: certificatePem ?? "", authorityPem: authorityPem ?? "" };
}
