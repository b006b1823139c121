/** What a person reads when the encrypted connection does not come about. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const tlsTexts: AreaTexts<"tls"> = {
  "tls.untrusted": {
    title: () => l10n.t("The certificate's issuer is not trusted"),
    explanation: () =>
      l10n.t(
        "The certificate was issued by an authority that this machine does not know: a company's own CA, a proxy that inspects traffic, or a server that does not send its intermediate certificate. Trust this certificate after comparing its fingerprint, name the CA's PEM file in tls.ca of the endpoint, or have the server send the full chain. Other programs need the same file: NODE_EXTRA_CA_CERTS for Node, SSL_CERT_FILE for Python.",
      ),
  },
  "tls.self-signed": {
    title: () => l10n.t("The certificate is self-signed"),
    explanation: () =>
      l10n.t(
        'The server signed its certificate itself, so nothing vouches for it and clients end the connection; the OpenAI SDK says "Connection error.". When the server is yours, compare the fingerprint and trust the certificate (its PEM file then stands in tls.ca of the endpoint), and name it in NODE_EXTRA_CA_CERTS (Node) or SSL_CERT_FILE (Python) for other programs. For a public service use a certificate from a known authority.',
      ),
  },
  "tls.expired": {
    title: () => l10n.t("The certificate has expired, is not yet valid, or ends soon"),
    explanation: () =>
      l10n.t(
        'Outside the certificate\'s period of validity clients end the connection, and the OpenAI SDK says "Connection error."; within its last two weeks it still works. Renew the certificate and reload the server or proxy that presents it. When its dates look right, check the clock of this machine.',
      ),
  },
  "tls.name-mismatch": {
    title: () => l10n.t("The certificate is for another host name"),
    explanation: () =>
      l10n.t(
        'The certificate does not hold the host name of the base URL; this is usual when the IP address is used instead of the name, or when a proxy answers with its default certificate. Use a name that the certificate holds, or have one issued for this name. The OpenAI SDK says "Connection error.", with the cause ERR_TLS_CERT_ALTNAME_INVALID.',
      ),
  },
  "tls.plain-http-server": {
    title: () => l10n.t("The server speaks http, not https"),
    explanation: () =>
      l10n.t(
        'The base URL says https, but what listens on this port answers without encryption, as model servers do by default. The OpenAI SDK says "Connection error.", with the cause ERR_SSL_WRONG_VERSION_NUMBER. Write http:// in the base URL, or put a proxy with a certificate in front of the server.',
      ),
  },
  "tls.https-server": {
    title: () => l10n.t("The server speaks https, not http"),
    explanation: () =>
      l10n.t(
        'The base URL says http, but what listens on this port expects encryption; it closes the connection, or answers 400 with a note such as "The plain HTTP request was sent to HTTPS port". Write https:// in the base URL.',
      ),
  },
  "tls.client-certificate": {
    title: () => l10n.t("The server wants a client certificate"),
    explanation: () =>
      l10n.t(
        "The server, or the gateway in front of it, lets in only who shows a certificate of its own (mutual TLS), and none was shown or it was not accepted. Choose the PEM files of the certificate and its private key that its owner issued for you, or the PKCS#12 file with both; they become tls.cert and tls.key, or tls.pfx, of this endpoint.",
      ),
  },
  "tls.handshake": {
    title: () => l10n.t("The encrypted connection cannot be set up"),
    explanation: () =>
      l10n.t(
        'The TLS handshake failed before certificates could be judged; the OpenAI SDK says "Connection error.". Usually the two sides share no TLS version or cipher, the server wants a client certificate, or a proxy cuts in for this host name. Call the server without the proxy, and compare the protocol versions it allows.',
      ),
  },
};
