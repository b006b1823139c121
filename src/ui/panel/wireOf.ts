import type * as vscode from "vscode";

import type { Wire } from "../../shared/link.ts";

/** A webview's messages as a wire. */
export function wireOf(webview: vscode.Webview): Wire {
  return {
    post: (message) => void webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => void subscription.dispose();
    },
  };
}
