import type * as vscode from "vscode";

/** The text in an editor that a run is about. */
export interface TextOrigin {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  /** As it was when the run began; what is there now may be another. */
  readonly text: string;
}
