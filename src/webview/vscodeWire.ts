import type { Wire } from "../shared/link.ts";

interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

/** A page's wire, and what VS Code keeps for the page: its extension is given it when it restores the panel after a reload. */
interface VsCodeWire extends Wire {
  keep(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's wire to its extension. To be opened once: VS Code hands its API out a single time. */
export function openVsCodeWire(): VsCodeWire {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    listen: (receive) => {
      const heard = (event: MessageEvent<unknown>): void => receive(event.data);
      window.addEventListener("message", heard);
      return () => window.removeEventListener("message", heard);
    },
  };
}
