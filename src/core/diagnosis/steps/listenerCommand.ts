/** The command that tells whether anything listens on a port. */

/** `platform` is Node's name of the system the requests leave from. */
export function checkListenerCommand(port: number, platform: string): string {
  return platform === "win32"
    ? `powershell -Command "Get-NetTCPConnection -State Listen -LocalPort ${port}"`
    : `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
