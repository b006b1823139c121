/** A chat from the prompt to its record, shown in the panel as it streams. */

import { isRunFix, withFix, type RunFix } from "../../core/chat/withFix.ts";
import type { ServerId } from "../../core/servers/serverId.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import { fixOf } from "../panel/views.ts";
import { chatHead, chatState, chatWire, followChat, type ChatAsked } from "./chatCourse.ts";
import { continued } from "./continued.ts";
import { draftOfChat } from "./draftOfChat.ts";
import { knownServer } from "./knownServer.ts";
import { ending } from "./ending.ts";
import { currentEndpoint, type RunDependencies } from "./runDependencies.ts";

/** Resolves when the run has ended, however; closing the panel or Stop aborts it on the wire. */
export async function chatRun(asked: ChatAsked, dependencies: RunDependencies): Promise<RunRecord> {
  const { panels, inBackground } = dependencies;
  const abort = new AbortController();
  const state = chatState(asked, dependencies);
  const server = (): ServerId | undefined => knownServer(dependencies, asked.endpoint);
  const session = panels.show(chatHead(asked, state.model, dependencies), {
    wire: chatWire(state, dependencies),
    stop: () => abort.abort(),
    again: () => {
      const endpoint = currentEndpoint(dependencies, asked.endpoint);
      inBackground(chatRun({ ...asked, endpoint }, dependencies));
    },
    copyText: () => state.transcript.answer,
    draft: (answer) => draftOfChat(asked, state, answer, server()),
    continueAnswer: () => {
      const { outcome } = state.transcript;
      if (outcome?.kind === "finished" && outcome.finishReason === "length") {
        inBackground(chatRun(continued(asked, state, server()), dependencies));
      }
    },
    ...(asked.origin === undefined ? {} : { origin: asked.origin }),
    applyFix: async (fixId) => {
      const fix = fixOf(state.transcript.findings, fixId);
      if (fix !== undefined && isRunFix(fix)) {
        inBackground(chatRun(fixed(asked, fix), dependencies));
      } else if (fix !== undefined) {
        await dependencies.applyFix(asked.endpoint.id, fix);
      }
    },
  });
  return ending(session, () => followChat(asked, session, state, abort.signal, dependencies));
}

/** What was composed does not say any more what is sent. */
function fixed({ endpoint, model, messages, extra, askedBy }: ChatAsked, fix: RunFix): ChatAsked {
  return { endpoint, model, messages, extra: withFix(extra, fix), askedBy };
}
