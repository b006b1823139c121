/** A line of the audit log: one request that the extension sent. Holds no key, and no prompt unless the user asked for it. */

import type { FindingCode } from "../diagnosis/finding.ts";

/** `command`: a person through the window. `program`: a caller of the command with arguments, such as another extension, a keybinding or a task. `background`: the status check. */
export type AskedBy = "command" | "program" | "background";

/** What a path of the API is for; `models` covers every free question about the server itself. */
export type AuditTask = "chat" | "embedding" | "rerank" | "generate" | "models" | "other";

/** All of it as it stands in the file, one JSON object a line. Times in milliseconds, sizes in bytes of the body. */
export interface AuditEntry {
  readonly v: 1;
  /** When it was sent: ISO 8601, UTC. */
  readonly time: string;
  readonly askedBy: AskedBy;
  /** Absent for what is not about a configured endpoint, such as a search of this machine's ports. */
  readonly endpoint?: string;
  readonly origin: string;
  readonly method: string;
  /** Without query: it may hold what is nobody's business. */
  readonly path: string;
  readonly task: AuditTask;
  readonly model?: string;
  /** Absent when no reply came. */
  readonly status?: number;
  /**
   * The network's or our own code (`ECONNREFUSED`, `TIMEOUT`, `ABORTED` …), also of a reply that was cut. `UNREAD`: we did
   * not read the reply to its end. `CLOSED`: the window was closed meanwhile.
   */
  readonly failure?: string;
  readonly finding?: FindingCode;
  readonly durationMs: number;
  readonly firstByteMs?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** The key's source and its last four characters, as `keyLabel` gives it. */
  readonly key?: string;
  /** Where it ran: `local`, or VS Code's name of the remote (`ssh-remote`, `wsl` …). */
  readonly machine: string;
  /** Names the window, so that two of them can be told apart. */
  readonly window: string;
  /** The request's body, secrets removed, only with `qwen.audit.content`. Ends in `…` where it was cut. */
  readonly prompt?: string;
  /** The reply's body likewise; of a stream of chat chunks the text they add up to. */
  readonly reply?: string;
}

/** A line that says how many entries are missing before it, because the disk was full or could not be written. */
export interface AuditGap {
  readonly v: 1;
  readonly time: string;
  readonly dropped: number;
  readonly window: string;
}
