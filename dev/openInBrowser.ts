import { spawn } from "node:child_process";
import { hasCommand } from "./processes.ts";

/** Opens an address in the person's own browser. False when this machine has no display or no command to do it with. */
export function openInBrowser(address: string): boolean {
  const opener = findOpener();
  if (opener === undefined) return false;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
  return true;
}

function findOpener(): readonly [string, ...string[]] | undefined {
  if (process.env["CI"] === "true") return undefined;
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  const display = process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? "";
  return display !== "" && hasCommand("xdg-open") ? ["xdg-open"] : undefined;
}
