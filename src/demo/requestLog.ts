/** One request as the demo saw it; never its prompt, never its key. */
export interface DemoLogEntry {
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The status that was sent; 0 when the client went away before there was one. */
  readonly status: number;
  readonly model?: string;
  readonly stream?: boolean;
  /** "client-closed" when the connection ended before the answer was whole: so a cancelled request is seen on the wire. */
  readonly finished: "complete" | "client-closed";
  readonly durationMs: number;
}

const mostEntries = 1000;
const longestText = 200;

/** Keeps the newest thousand entries, cuts long texts and writes the key nowhere. */
export class RequestLog {
  readonly #entries: DemoLogEntry[] = [];
  readonly #key: string | undefined;
  readonly #onRequest: (entry: DemoLogEntry) => void;

  constructor(key: string | undefined, onRequest: (entry: DemoLogEntry) => void) {
    this.#key = key;
    this.#onRequest = onRequest;
  }

  /** The oldest first; the list grows as requests end. */
  get entries(): readonly DemoLogEntry[] {
    return this.#entries;
  }

  record(entry: DemoLogEntry): void {
    const safe = {
      ...entry,
      path: this.#safe(entry.path),
      ...(entry.model === undefined ? {} : { model: this.#safe(entry.model) }),
    };
    this.#entries.push(safe);
    if (this.#entries.length > mostEntries) this.#entries.shift();
    this.#onRequest(safe);
  }

  #safe(text: string): string {
    const shown = this.#key === undefined || this.#key === "" ? text : text.replaceAll(this.#key, "•••");
    return shown.slice(0, longestText);
  }
}
