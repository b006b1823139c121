/** The HTML shell of a page: strict CSP, no inline script or style, texts in the user's language as inert data. */

import * as vscode from "vscode";

/** `name` is a folder of src/webview, built to dist/webview/name.js and .css. `panelId`: what the page is to keep as the name of its panel. */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  title: string,
  panelId = "",
): string {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const asset = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", file)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
  ].join("; ");
  const texts = JSON.stringify(vscode.l10n.bundle ?? {});
  return `<!doctype html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${attribute(asset(`${name}.css`))}">
<title>${attribute(title)}</title>
</head>
<body>
<main id="root" data-panel-id="${attribute(panelId)}" data-l10n="${attribute(texts)}"></main>
<script type="module" nonce="${nonce}" src="${attribute(asset(`${name}.js`))}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
