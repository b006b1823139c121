import { existsSync } from "node:fs";
import { finishProcess, hasCommand } from "../processes.ts";
import { Trouble } from "../trouble.ts";

/** Makes sure that the native parts of the VS Code server can be compiled; as root on Debian it installs what is missing. */
export async function ensureBuildTools(say: (line: string) => void): Promise<void> {
  const missing = await missingPackages();
  if (missing.length > 0) await installDebianPackages(missing, "to compile VS Code's native parts", say);
}

/** Installs Debian packages as root; elsewhere a Trouble with the command for a person to run. */
export async function installDebianPackages(
  packages: readonly string[],
  purpose: string,
  say: (line: string) => void,
): Promise<void> {
  const names = packages.join(" ");
  if (process.platform === "darwin") {
    throw new Trouble(
      `Missing ${purpose}: ${names}.`,
      "xcode-select --install && brew install python pkg-config krb5",
    );
  }
  if (process.getuid?.() !== 0 || !hasCommand("apt-get")) {
    throw new Trouble(`Missing ${purpose}: ${names}.`, `sudo apt-get install -y ${names}`);
  }
  say(`Installing ${names} with apt-get …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await finishProcess("apt-get", ["update", "-q"], { env });
  const install = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  const { code, output } = await finishProcess("apt-get", install, { env });
  if (code === 0) return;
  throw new Trouble(
    `apt-get could not install ${names}:\n${lastLines(output)}`,
    `apt-get ${install.join(" ")}`,
  );
}

async function missingPackages(): Promise<readonly string[]> {
  const commands = { python3: "python3", make: "make", "g++": "g++", "pkg-config": "pkg-config" };
  const missing = Object.entries(commands).flatMap(([command, name]) => (hasCommand(command) ? [] : [name]));
  return (await hasKerberosHeaders()) ? missing : [...missing, "libkrb5-dev"];
}

async function hasKerberosHeaders(): Promise<boolean> {
  if (existsSync("/usr/include/gssapi/gssapi.h") || process.platform === "darwin") return true;
  if (!hasCommand("pkg-config")) return false;
  return (await finishProcess("pkg-config", ["--exists", "krb5-gssapi"])).code === 0;
}

function lastLines(output: string): string {
  return output.split("\n").slice(-15).join("\n");
}
