export interface LineEndings {
  push(text: string): string;
  end(): string;
}

/** Turns CRLF and CR into LF in a text that comes in pieces; a CR at the end of a piece waits for what follows. */
export function createLineEndings(): LineEndings {
  let held = "";
  return {
    push: (text) => {
      const all = held + text;
      held = all.endsWith("\r") ? "\r" : "";
      return all.slice(0, all.length - held.length).replace(/\r\n?/g, "\n");
    },
    end: () => {
      const last = held === "" ? "" : "\n";
      held = "";
      return last;
    },
  };
}
