import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Page } from "playwright-core";

export const themes = ["light", "dark", "high-contrast", "high-contrast-light"] as const;
export type Theme = (typeof themes)[number];

export interface PageLook {
  readonly theme: Theme;
  readonly language: string;
  /** The localisation bundle, English to that language. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface Site {
  urlOf(look: PageLook): string;
  close(): Promise<void>;
}

const nonce = "page-test-nonce";
const bodyClasses: Readonly<Record<Theme, string>> = {
  light: "vscode-light",
  dark: "vscode-dark",
  "high-contrast": "vscode-high-contrast",
  "high-contrast-light": "vscode-high-contrast vscode-high-contrast-light",
};

/** A folder of src/webview with a page. */
export type PageName = "run" | "usage";

/** Bundles the page as the build does and serves it on loopback as the extension's host does, with the same policy. */
export async function startSite(name: PageName = "run"): Promise<Site> {
  const files = await bundle(name);
  const looks: PageLook[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const file = files.get(url.pathname);
    if (file !== undefined) {
      response.writeHead(200, { "content-type": file.type }).end(file.text);
      return;
    }
    const look = looks[Number(url.searchParams.get("look"))];
    if (url.pathname !== "/" || look === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(htmlOf(look, origin()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urlOf: (look) => `${origin()}/?look=${looks.push(look) - 1}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Changes the theme as VS Code does under an open page, and resolves when it is drawn. */
export async function putOn(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(`(async () => {
    const before = document.querySelector("link[rel=stylesheet]");
    const link = before.cloneNode();
    link.href = "/${theme}.css";
    const loaded = new Promise((resolve) => link.addEventListener("load", resolve));
    before.after(link);
    await loaded;
    before.remove();
    document.body.className = "${bodyClasses[theme]}";
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  })()`);
}

async function bundle(
  name: PageName,
): Promise<Map<string, { readonly type: string; readonly text: string }>> {
  const common = { bundle: true, minify: true, write: false, logLevel: "silent" } as const;
  const [script, style] = await Promise.all([
    build({
      ...common,
      entryPoints: [{ in: `src/webview/${name}/main.tsx`, out: "page" }],
      format: "esm",
      splitting: true,
      outdir: "/",
    }),
    build({ ...common, entryPoints: [`src/webview/${name}/main.css`] }),
  ]);
  const files = new Map([
    ...script.outputFiles.map(
      ({ path, text }) => [path, { type: "text/javascript; charset=utf-8", text }] as const,
    ),
    ["/page.css", { type: "text/css; charset=utf-8", text: style.outputFiles[0]!.text }],
  ]);
  for (const theme of themes) {
    const text = await readFile(new URL(`../themes/${theme}.css`, import.meta.url), "utf8");
    files.set(`/${theme}.css`, { type: "text/css; charset=utf-8", text });
  }
  return files;
}

function htmlOf({ theme, language, texts }: PageLook, origin: string): string {
  const policy = `default-src 'none'; style-src ${origin}; script-src 'nonce-${nonce}'; img-src ${origin} data:; font-src ${origin}`;
  const bundleText = JSON.stringify(texts).replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/${theme}.css"><link rel="stylesheet" href="/page.css"><title>Qwen</title></head>
<body class="${bodyClasses[theme]}"><main id="root" data-l10n="${bundleText}"></main>
<script type="module" nonce="${nonce}" src="/page.js"></script></body></html>`;
}
