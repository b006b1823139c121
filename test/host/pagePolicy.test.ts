import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pageHtml } from "../../src/ui/panel/pageHtml.ts";

describe("the HTML of a page", () => {
  const extensionUri = vscode.extensions.getExtension("qwen-endpoints.qwen-endpoints")!.extensionUri;
  let panel: vscode.WebviewPanel;
  before(() => {
    panel = vscode.window.createWebviewPanel("qwen.policy", "Policy", vscode.ViewColumn.Active);
  });
  after(() => {
    panel.dispose();
  });

  const html = (title = "Runs"): string => pageHtml(panel.webview, extensionUri, "run", title);
  const policyOf = (text: string): string =>
    /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? "";

  it("lets its own script run, and no style that stands in the page", () => {
    const text = html();
    const nonce = /<script type="module" nonce="([0-9a-f]{32})" src="[^"]*run\.js">/.exec(text)?.[1] ?? "";
    const own = panel.webview.cspSource;
    assert.notEqual(nonce, "");
    // As test/page/support/site.ts has it: what passes there passes here.
    assert.equal(
      policyOf(text),
      `default-src 'none'; style-src ${own}; script-src 'nonce-${nonce}'; img-src ${own} data:; font-src ${own}`,
    );
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.doesNotMatch(text, /<style|style=|\son\w+=/);
  });

  it("has another nonce each time", () => assert.notEqual(policyOf(html()), policyOf(html())));

  it("takes a title for text", () => {
    const text = html(`"></title><script>alert(1)</script>`);
    assert.match(text, /<title>&quot;&gt;&lt;\/title&gt;&lt;script&gt;/);
  });
});
