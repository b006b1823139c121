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
  | { readonly type: "refusal"; readonly id: number; readonly reason: string };

/** The extension's end. A page is trusted no more than its content: a request of an unknown name is refused. */
export function openHostEnd<C extends Contract>(wire: Wire, handlers: RequestHandlers<C>): HostEnd<C> {
  const table = new Map(Object.entries(handlers)) as Map<string, (params: unknown) => Promise<unknown>>;
  let closed = false;
  const post = (message: Message): void => {
    if (!closed) {
      wire.post(message);
    }
  };
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
    emit: (name, value) => post({ type: "event", name, value }),
    close: () => {
      closed = true;
      stop();
    },
  };
}

/** The page's end. */
export function openPageEnd<C extends Contract>(wire: Wire, handlers: EventHandlers<C>): PageEnd<C> {
  const table = new Map(Object.entries(handlers)) as Map<string, (event: unknown) => void>;
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  wire.listen((received) => {
    if (!isMessage(received)) {
      return;
    }
    if (received.type === "event") {
      table.get(received.name)?.(received.value);
      return;
    }
    if (received.type === "request") {
      return;
    }
    const asker = pending.get(received.id);
    pending.delete(received.id);
    if (received.type === "reply") {
      asker?.resolve(received.value);
    } else {
      asker?.reject(new Error(received.reason));
    }
  });
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
