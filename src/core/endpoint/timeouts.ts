/** The time limits of a request, in milliseconds: until connected, until the first byte of the reply, of silence within it, and in all. */
export interface Timeouts {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs?: number;
}
