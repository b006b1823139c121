/** The command that tells whether anything listens on a port, and which process it is. */

/** `platform` is Node's name of the system the requests leave from. */
export function listenerCommand(port: number, platform: string): string {
  switch (platform) {
    case "win32":
      // Nothing with a dollar sign: the terminal may be PowerShell itself, which would fill it in.
      return `powershell -Command "Get-NetTCPConnection -State Listen -LocalPort ${port} | Format-List LocalAddress,OwningProcess"`;
    case "linux":
      // lsof is seldom in a container; ss is in every distribution's base.
      return `ss -ltnp "sport = :${port}"`;
    default:
      return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
  }
}
