import type { Wire } from "../shared/link.ts";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The wire, and a few values by name that VS Code keeps for the page until it loads again; its extension is given them when it restores the panel after a reload. */
export interface PageWire extends Wire {
  kept(name: string): unknown;
  keep(name: string, value: unknown): void;
}

/** The page's wire to its extension. To be opened once: VS Code hands its API out a single time. */
export function openVsCodeWire(): PageWire {
  const api = acquireVsCodeApi();
  const state = (): Readonly<Record<string, unknown>> => ({ ...(api.getState() as object | undefined) });
  return {
    post: (message) => api.postMessage(message),
    listen: (receive) => {
      const heard = (event: MessageEvent<unknown>): void => receive(event.data);
      window.addEventListener("message", heard);
      return () => window.removeEventListener("message", heard);
    },
    kept: (name) => state()[name],
    keep: (name, value) => {
      const before = state();
      if (before[name] !== value) {
        api.setState({ ...before, [name]: value });
      }
    },
  };
}
