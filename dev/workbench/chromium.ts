import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { hasCommand } from "../processes.ts";
import { Trouble } from "../trouble.ts";
import { installDebianPackages } from "./buildTools.ts";

/** The program of an installed Chrome, Edge or Chromium, or undefined. `QWEN_CHROMIUM` names another one. */
function findChromium(): string | undefined {
  const named = process.env["QWEN_CHROMIUM"];
  const candidates = [...(named === undefined ? [] : [named]), ...knownPlaces(), chromium.executablePath()];
  return candidates.find((file) => file !== "" && existsSync(file));
}

/** Finds a browser, or as root on Debian installs one together with a Chinese font for the pictures. */
export async function ensureChromium(say: (line: string) => void = console.log): Promise<string> {
  const debianRoot = process.platform === "linux" && process.getuid?.() === 0 && hasCommand("apt-get");
  const found = findChromium();
  if (
    debianRoot &&
    (found === undefined || !existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"))
  ) {
    const browser = found === undefined ? ["chromium"] : [];
    await installDebianPackages([...browser, "fonts-noto-cjk"], "for the browser tests", say);
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Trouble(
    "No Chrome, Edge or Chromium was found. Install one, or name yours in the environment variable QWEN_CHROMIUM.",
    "npx playwright-core install chromium",
  );
}

/** Starts the browser without a window and without any traffic beyond this machine. */
export async function launchChromium(say?: (line: string) => void): Promise<Browser> {
  const executablePath = await ensureChromium(say);
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  const offline = [
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
  ];
  try {
    return await chromium.launch({
      executablePath,
      args: [...root, ...quiet, ...offline, "--font-render-hinting=none"],
    });
  } catch (error) {
    const first = String(error).split("\n").slice(0, 12).join("\n");
    throw new Trouble(`The browser ${executablePath} does not start:\n${first}`);
  }
}

function knownPlaces(): readonly string[] {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Microsoft Edge", "Chromium"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].map(
      (name) => process.env[name] ?? "",
    );
    const programs = [
      join("Google", "Chrome", "Application", "chrome.exe"),
      join("Microsoft", "Edge", "Application", "msedge.exe"),
    ];
    return roots.flatMap((root) => programs.map((program) => join(root, program)));
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  return ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
}
