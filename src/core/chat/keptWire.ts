/** What a run keeps of its bytes, with the OpenAI SDK's reading of the reply. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { fieldsOf } from "./fields.ts";
import type { WireRecorder } from "./recordWire.ts";
import type { RunWire, WireExchange } from "./runWire.ts";
import { sdkDifferences, type ShownRun, untypedReasoning } from "./sdkDifferences.ts";
import type { ReadWithSdk, SdkReading, SdkReplay } from "./sdkReading.ts";

/** `shown`: undefined while the run goes on, and for one that was stopped. */
export function keptWire(
  recorder: Omit<WireRecorder, "through">,
  shown: () => ShownRun | undefined,
  readWithSdk: ReadWithSdk,
): RunWire {
  let reading: Promise<SdkReading | undefined> | undefined;
  return {
    exchanges: () => recorder.exchanges(),
    bytes: () => recorder.bytes(),
    drop: () => {
      recorder.drop();
      reading = undefined;
    },
    sdkReading() {
      const ended = shown();
      if (ended === undefined) {
        return Promise.resolve(undefined);
      }
      return (reading ??= read(recorder.exchanges().at(-1), ended, readWithSdk));
    },
  };
}

async function read(
  exchange: WireExchange | undefined,
  shown: ShownRun,
  readWithSdk: ReadWithSdk,
): Promise<SdkReading | undefined> {
  const replay = exchange === undefined ? undefined : replayOf(exchange);
  if (replay === undefined) {
    return undefined;
  }
  const replayed = await readWithSdk(replay);
  const others = sdkDifferences(replay, replayed, shown);
  const differences = [...untypedReasoning(replayed, shown), ...others];
  return differences.length === 0
    ? undefined
    : {
        client: replayed.client,
        got: replayed.got,
        differences,
        differs: others.length === 0 ? "field" : "result",
      };
}

/** Of a request that the package can make, the reply in full; undefined for any other. */
function replayOf(exchange: WireExchange): SdkReplay | undefined {
  const { url, status, fault, requestBody, replyHeaders: headers, replyBody: body } = exchange;
  const route = /\/(chat\/completions|embeddings)$/.exec(url)?.[1];
  const request = fieldsOf(parseJson(requestBody));
  const isWhole = fault === undefined && exchange.replyCut === 0;
  if (route === undefined || request === undefined || status === undefined || !isWhole) {
    return undefined;
  }
  return { task: route === "embeddings" ? "embedding" : "chat", request, status, headers, body };
}
