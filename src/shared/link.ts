/** The typed wire between the extension and a page: events one way, requests with answers the other way. */

/** What one page and its host say to each other. `events` go host → page, `requests` page → host. */
export interface Contract {
  readonly events: object;
  readonly requests: object;
}

type Params<C extends Contract, K extends keyof C["requests"]> = C["requests"][K] extends { params: infer P }
  ? P
  : never;
type Result<C extends Contract, K extends keyof C["requests"]> = C["requests"][K] extends { result: infer R }
  ? R
  : never;

/** How messages travel: `acquireVsCodeApi` and `window` on one side, `Webview` on the other. */
export interface Wire {
  post(message: unknown): void;
  /** Returns a function that stops listening. */
  listen(receive: (message: unknown) => void): () => void;
}

export type RequestHandlers<C extends Contract> = {
  readonly [K in keyof C["requests"]]: (params: Params<C, K>) => Promise<Result<C, K>>;
};

export type EventHandlers<C extends Contract> = {
  readonly [K in keyof C["events"]]: (event: C["events"][K]) => void;
};

export interface HostEnd<C extends Contract> {
  /** Silent after closing. */
  emit<K extends keyof C["events"] & string>(name: K, event: C["events"][K]): void;
  close(): void;
}

export interface PageEnd<C extends Contract> {
  /** Rejects when the host's handler throws, with its message. */
  ask<K extends keyof C["requests"] & string>(name: K, params: Params<C, K>): Promise<Result<C, K>>;
}

type Message =
  | { readonly type: "event"; readonly name: string; readonly value: unknown }
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly value: unknown }
  | { readonly type: "reply"; readonly id: number; readonly value: unknown }
  | { readonly type: "refusal"; readonly id: number; readonly reason: string }
  | { readonly type: "several"; readonly messages: readonly Message[] };

/**
 * The extension's end. A page is trusted no more than its content: a request of an unknown name is refused.
 * With `soon` events wait until it calls back, and what has gathered by then is one message; a reply takes along what was told before it.
 */
export function openHostEnd<C extends Contract>(
  wire: Wire,
  handlers: RequestHandlers<C>,
  soon: (post: () => void) => void = (post) => post(),
): HostEnd<C> {
  const table = new Map(Object.entries(handlers)) as Map<string, (params: unknown) => Promise<unknown>>;
  const outbox = openOutbox(wire, soon);
  const { post } = outbox;
  const stop = wire.listen((received) => {
    if (!isMessage(received) || received.type !== "request") {
      return;
    }
    const { id, name, value } = received;
    const handler = table.get(name);
    if (handler === undefined) {
      post({ type: "refusal", id, reason: `no such request: ${name}` });
      return;
    }
    // A handler that throws before it has a promise must reach its asker too.
    new Promise((resolve) => resolve(handler(value))).then(
      (result) => post({ type: "reply", id, value: result }),
      (error: unknown) =>
        post({ type: "refusal", id, reason: error instanceof Error ? error.message : String(error) }),
    );
  });
  return {
    emit: (name, value) => outbox.postSoon({ type: "event", name, value }),
    close: () => {
      outbox.close();
      stop();
    },
  };
}

interface Outbox {
  readonly post: (message: Message) => void;
  readonly postSoon: (message: Message) => void;
  readonly close: () => void;
}

/** Keeps the order of all that is posted. */
function openOutbox(wire: Wire, soon: (post: () => void) => void): Outbox {
  let closed = false;
  let waiting: Message[] = [];
  const flush = (): void => {
    const messages = waiting;
    const [first] = messages;
    waiting = [];
    if (!closed && first !== undefined) {
      wire.post(messages.length === 1 ? first : ({ type: "several", messages } satisfies Message));
    }
  };
  return {
    post: (message) => {
      waiting.push(message);
      flush();
    },
    postSoon: (message) => {
      if (!closed) {
        waiting.push(message);
        soon(flush);
      }
    },
    close: () => {
      closed = true;
      waiting = [];
    },
  };
}

/** The page's end. */
export function openPageEnd<C extends Contract>(wire: Wire, handlers: EventHandlers<C>): PageEnd<C> {
  const table = new Map(Object.entries(handlers)) as Map<string, (event: unknown) => void>;
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  const take = (received: Message): void => {
    switch (received.type) {
      case "event":
        table.get(received.name)?.(received.value);
        break;
      case "reply":
        pending.get(received.id)?.resolve(received.value);
        pending.delete(received.id);
        break;
      case "refusal":
        pending.get(received.id)?.reject(new Error(received.reason));
        pending.delete(received.id);
        break;
      case "several":
        received.messages.forEach(take);
        break;
      default:
    }
  };
  wire.listen((received) => (isMessage(received) ? take(received) : undefined));
  return {
    ask: (name, params) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve: resolve, reject });
        wire.post({ type: "request", id, name, value: params } satisfies Message);
      }),
  };
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
