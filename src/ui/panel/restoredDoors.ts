import * as vscode from "vscode";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { ComposerHandlers } from "./panelDoors.ts";
import type { RestoredDoors } from "./restoredRun.ts";
import { sendDraft } from "./sendDraft.ts";

/** What can be done with runs of before a reload: chats are sent as from the composer, tests are commands. */
export function restoredDoors(
  composer: () => ComposerHandlers,
  compose: (draft: ChatDraft) => void,
): RestoredDoors {
  return {
    send: async (draft) => {
      const problems = await sendDraft(draft, composer());
      // A draft that can not be sent any more is opened, where it says why.
      if (problems.length > 0) {
        compose(draft);
      }
    },
    test: async (head) => {
      if (head.kind === "tests") {
        await vscode.commands.executeCommand("qwen.testAllEndpoints");
      } else {
        await vscode.commands.executeCommand("qwen.testEndpoint", await targetOf(head, composer()));
      }
    },
    showReport: async (endpointId) => {
      await vscode.commands.executeCommand("qwen.showReport", endpointId);
    },
  };
}

/** The endpoint that has this address by now; else the address alone. */
async function targetOf({ endpointName, baseUrl }: RunHead, composer: ComposerHandlers): Promise<unknown> {
  const same = (await composer["endpoints/list"](null)).filter((each) => each.baseUrl === baseUrl);
  const endpoint = same.find(({ name }) => name === endpointName) ?? same[0];
  return endpoint?.id ?? { baseUrl };
}
