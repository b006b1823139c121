/** An Http whose every request becomes a line of the audit log. Nothing else in the extension is given the bare transport. */

import type { BodyStream, Clock, Http, HttpRequest, StreamReply } from "../ports.ts";
import { auditNote, type AuditNote, type AuditPorts, type Ending, type Sender } from "./auditNote.ts";
import { saysItsEnd } from "./auditFinding.ts";
import { BodyEnds } from "./bodyEnds.ts";
import { keepReply } from "./keptReply.ts";

/** The way to the network for one sender. */
export type HttpFor = (sender: Sender) => Http;

/** Writes exactly one entry a request, when it ended. Passes everything on as it is: bytes, faults, back-pressure. */
export function auditedHttp(http: Http, sender: Sender, ports: AuditPorts): Http {
  const noted = async <Outcome>(
    request: HttpRequest,
    run: (note: AuditNote) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const note = auditNote(request, sender, ports);
    try {
      return await run(note);
    } catch (error) {
      note.end({ failure: "THROWN" });
      throw error;
    }
  };
  return {
    send: (request, signal) =>
      noted(request, async (note) => {
        const outcome = await http.send(request, signal);
        note.whole(outcome);
        return outcome;
      }),
    open: (request, signal) =>
      noted(request, async (note) => {
        const outcome = await http.open(request, signal);
        if (outcome.kind === "fault") {
          note.end({ fault: outcome.fault });
          return outcome;
        }
        const body = watched(outcome.reply, note, {
          signal,
          clock: ports.clock,
          idleMs: request.timeouts.idleMs,
        });
        return { kind: "reply", reply: { ...outcome.reply, body } };
      }),
  };
}

interface Watch {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly idleMs: number;
}

/** A reader that was cancelled gets this long to come to the body's end by itself. */
const graceMs = 1000;

/** The same body, of which the note learns the ends, and how it came to its own. */
function watched(reply: StreamReply, note: AuditNote, watch: Watch): BodyStream {
  const { status, headers, body } = reply;
  const ends = new BodyEnds();
  const kept = note.keepsContent ? keepReply(headers) : undefined;
  const firstByteMs = note.sinceMs();
  const soFar = (): Ending => ({
    ...{ status, headers, ends, firstByteMs },
    ...(kept === undefined ? {} : { reply: kept.text() }),
  });
  note.opened(soFar);
  const end = (ending: Ending): void => note.end({ ...soFar(), ...ending });
  const reader = watchReader(watch, note, end);

  async function* pass(): AsyncGenerator<Uint8Array> {
    let isLeft = true;
    try {
      reader.asks();
      for await (const piece of body) {
        ends.add(piece);
        kept?.add(piece);
        reader.holds();
        yield piece;
        reader.asks();
      }
      isLeft = false;
    } finally {
      const fault = isLeft ? undefined : body.fault();
      const failure = isLeft ? leftBehind(ends, watch.signal) : undefined;
      end({ ...(fault === undefined ? {} : { fault }), ...(failure === undefined ? {} : { failure }) });
    }
  }
  return { fault: () => body.fault(), [Symbol.asyncIterator]: pass };
}

/** Why a reader left before the body's end; nothing where the stream had said that it was over. */
function leftBehind(ends: BodyEnds, signal: AbortSignal): string | undefined {
  return signal.aborted ? "ABORTED" : saysItsEnd(ends.tail()) ? undefined : "UNREAD";
}

/** A body that nobody reads on never ends by itself: it is noted once it was cancelled, or not asked for its next piece for `idleMs`. */
function watchReader(
  { signal, clock, idleMs }: Watch,
  note: AuditNote,
  end: (ending: Ending) => void,
): { readonly asks: () => void; readonly holds: () => void } {
  let holdsSinceMs: number | undefined = clock.now();
  let cancel = (): void => undefined;
  const wait = (delayMs: number): void => {
    cancel = clock.after(delayMs, () => {
      const heldMs = holdsSinceMs === undefined ? 0 : clock.now() - holdsSinceMs;
      if (signal.aborted || heldMs >= idleMs) {
        end({ failure: signal.aborted ? "ABORTED" : "UNREAD" });
      } else {
        wait(idleMs - heldMs);
      }
    });
  };
  const onAbort = (): void => {
    cancel();
    wait(graceMs);
  };
  note.onEnd(() => {
    cancel();
    signal.removeEventListener("abort", onAbort);
  });
  wait(idleMs);
  signal.addEventListener("abort", onAbort, { once: true });
  return { asks: () => void (holdsSinceMs = undefined), holds: () => void (holdsSinceMs = clock.now()) };
}
