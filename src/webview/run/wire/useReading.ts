import type { SdkReading } from "../../../core/chat/sdkReading.ts";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { useAsked } from "./useAsked.ts";

/** What the OpenAI SDK makes of the reply of a run that has ended, where that differs. */
export function useReading({ snapshot }: RunView, actions: PageActions): SdkReading | undefined {
  const { runId } = snapshot.head;
  const hasEnded = snapshot.end !== undefined;
  const asked = useAsked(
    () => (hasEnded ? actions.ask("sdk/reading", { runId }) : Promise.resolve(null)),
    [runId, hasEnded],
  );
  return asked.value ?? undefined;
}
