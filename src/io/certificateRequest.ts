/** Did a server ask for a client certificate? Node has no event for it. */

import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * On the client's side the shared signature algorithms are those of the server's CertificateRequest, so there are some
 * only where it asked (measured with TLS 1.2 and 1.3). They are gone with the socket: `keylog` comes while the handshake
 * goes on, and what it carries is not looked at.
 */
export function watchCertificateRequest(socket: Socket): () => boolean {
  let asked = false;
  if (!(socket instanceof TLSSocket)) {
    return () => asked;
  }
  const look = (): void => {
    // BoringSSL, the desktop editor's, does not tell.
    const shared = socket.getSharedSigalgs() as readonly string[] | undefined;
    asked ||= shared !== undefined && shared.length > 0;
  };
  socket.on("keylog", look);
  socket.once("secureConnect", look);
  return () => asked;
}
