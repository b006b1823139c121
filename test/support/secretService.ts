/** A secret service as on a Linux desktop: gnome-keyring on a D-Bus session of its own, with everything in a temporary folder. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { finishProcess, hasCommand } from "../../dev/processes.ts";
import { temporaryFolder } from "../../dev/temporary.ts";
import { installDebianPackages } from "../../dev/workbench/buildTools.ts";

export interface SecretService {
  /** What a program needs in its environment to be in that session. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on the keyring is locked, and there is nobody to ask for its password. */
  lock(): Promise<void>;
  stop(): Promise<void>;
}

/** The Python of Debian, whose keyring is a package; another `python3` may come first on PATH. */
export const debianPython = "/usr/bin/python3";

const packages = [
  "gnome-keyring",
  "dbus",
  "libsecret-1-0",
  "libsecret-tools",
  "python3-keyring",
  "python3-secretstorage",
];

/** As root on Debian installs what is missing; elsewhere a Trouble that names the packages. */
export async function ensureSecretService(say: (line: string) => void): Promise<void> {
  const hasPrograms = ["gnome-keyring-daemon", "dbus-daemon", "dbus-send", "secret-tool"].every(hasCommand);
  const python = existsSync(debianPython)
    ? await finishProcess(debianPython, ["-c", "import keyring, secretstorage"])
    : { code: 1 };
  if (!hasPrograms || python.code !== 0) {
    await installDebianPackages(packages, "for the keychain's test", say);
  }
}

export async function startSecretService(): Promise<SecretService> {
  const folder = temporaryFolder("keyring");
  const path = (name: string): string => join(folder.path, name);
  for (const name of ["home", "run", "data"]) mkdirSync(path(name), { mode: 0o700 });
  writeFileSync(path("bus.conf"), busConfiguration(path("bus")));
  const env = {
    HOME: path("home"),
    XDG_RUNTIME_DIR: path("run"),
    XDG_DATA_HOME: path("data"),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${path("bus")}`,
  };
  const bus = start("dbus-daemon", ["--nofork", "--nopidfile", `--config-file=${path("bus.conf")}`], env);
  await until("the bus is there", () => Promise.resolve(existsSync(path("bus"))));
  const keyring = start("gnome-keyring-daemon", ["--unlock", "--components=secrets", "--foreground"], env);
  keyring.stdin?.end("the password of the test");
  await until("the keyring is open", () => isOpen(env));
  return {
    env,
    async lock() {
      const every = "array:objpath:/org/freedesktop/secrets/collection/login";
      await ask(env, "org.freedesktop.Secret.Service.Lock", every);
    },
    async stop() {
      for (const child of [keyring, bus]) await end(child);
      folder.remove();
    },
  };
}

/** Starts nothing by itself, as a desktop's session would: a second keyring would come up when ours is gone. */
function busConfiguration(socket: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(program, [...args], { env: { ...process.env, ...env }, stdio: ["pipe", "ignore", "ignore"] });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = globalThis.setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(force);
}

/** The collection that programs store in by default exists only when the password has been taken. */
async function isOpen(env: Readonly<Record<string, string>>): Promise<boolean> {
  const { output } = await ask(env, "org.freedesktop.Secret.Service.ReadAlias", "string:default");
  return output.includes("/org/freedesktop/secrets/collection");
}

function ask(env: Readonly<Record<string, string>>, method: string, argument: string) {
  const to = ["--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"];
  return finishProcess("dbus-send", ["--session", "--print-reply", ...to, method, argument], { env });
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startMs > 30_000) throw new Error(`not within 30 s: ${what}`);
    await setTimeout(50);
  }
}
