/** The command that tells whether anything listens on a port. */

/** For Linux and macOS, which is where model servers run; `lsof` is on both. */
export function checkListenerCommand(port: number): string {
  return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
