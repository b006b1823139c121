import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in a real extension host", () => {
  it("is installed and activates", async () => {
    const extension = vscode.extensions.getExtension("qwen-endpoints.qwen-endpoints");
    assert.ok(extension, "the extension host does not know qwen-endpoints.qwen-endpoints");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
