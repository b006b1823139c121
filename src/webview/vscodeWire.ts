import type { Wire } from "../shared/link.ts";

interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's wire to its extension. To be opened once: VS Code hands its API out a single time. */
export function openVsCodeWire(): Wire {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen: (receive) => {
      const heard = (event: MessageEvent<unknown>): void => receive(event.data);
      window.addEventListener("message", heard);
      return () => window.removeEventListener("message", heard);
    },
  };
}
