/** Images from files, asked for with a dialog. */

import * as vscode from "vscode";

import { imageTooLarge, largestImage } from "../../core/chat/imageLimits.ts";
import type { DraftImage } from "../../core/chat/chatDraft.ts";
import type { AddedImages } from "../../shared/composerViews.ts";
import type { HeldImages } from "./heldImages.ts";

export async function pickImages(held: HeldImages): Promise<AddedImages> {
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t("Add images"),
    openLabel: vscode.l10n.t("Add"),
    filters: { [vscode.l10n.t("Images")]: ["png", "jpg", "jpeg", "webp", "gif"] },
  });
  const images: DraftImage[] = [];
  const problems: string[] = [];
  for (const file of files ?? []) {
    try {
      images.push(await added(file, held));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { images, problems };
}

/** One that is too large is not even read. */
async function added(file: vscode.Uri, held: HeldImages): Promise<DraftImage> {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestImage) {
    throw new Error(imageTooLarge(name, size));
  }
  return held.add(name, await vscode.workspace.fs.readFile(file));
}
