/** Fills in what an endpoint says in place of secrets: in its headers, and in the passphrase of its client certificate. */

import type { Redactor } from "../../core/diagnosis/redact.ts";
import { originOf } from "../../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { isMaskedHeader, isSecretHeader } from "../../core/keys/secretHeaders.ts";
import { fillTemplates, templatesIn } from "../../core/keys/templates.ts";
import type { KeyStore } from "../../core/ports.ts";
import { readVariable } from "./keySources.ts";

interface Secrets {
  readonly store: KeyStore;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
}

/** A header whose value is not to be had is left out, not sent empty. */
export async function filledHeaders(
  endpoint: Endpoint,
  secrets: Secrets,
): Promise<Readonly<Record<string, string>>> {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(endpoint.headers)) {
    const whole = await fill(value, endpoint, secrets);
    if (whole !== undefined) {
      filled[name] = whole;
      // A key written into the settings in clear is a secret all the same.
      if (isSecretHeader(endpoint, name, value) || isMaskedHeader(name)) {
        credentialsIn(whole).forEach((each) => secrets.redactor.know(each));
      }
    }
  }
  return filled;
}

export async function filledPassphrase(endpoint: Endpoint, secrets: Secrets): Promise<string | undefined> {
  const { passphrase } = endpoint.tls;
  const whole = passphrase === undefined ? undefined : await fill(passphrase, endpoint, secrets);
  if (whole !== undefined) {
    secrets.redactor.know(whole);
  }
  return whole;
}

/** What a server may quote of such a header: all behind the scheme, and of `Basic` the password as well. */
function credentialsIn(value: string): readonly string[] {
  const [, scheme = "", rest = value] = /^(bearer|basic|token)\s+(.*)$/is.exec(value) ?? [];
  const pair = scheme.toLowerCase() === "basic" ? Buffer.from(rest, "base64").toString("utf8") : "";
  return [rest, pair, pair.slice(pair.indexOf(":") + 1)].filter((each) => each !== "");
}

async function fill(text: string, { baseUrl }: Endpoint, secrets: Secrets): Promise<string | undefined> {
  const values = new Map<string, string>();
  for (const { whole, from, name } of templatesIn(text)) {
    const secret =
      from === "env"
        ? readVariable(name, secrets.env)
        : await readNamed(name, originOf(baseUrl) ?? "", secrets.store);
    if (secret === undefined || secret === "") {
      return undefined;
    }
    secrets.redactor.know(secret);
    values.set(whole, secret);
  }
  return fillTemplates(text, values);
}

/** A secret storage that fails has nothing to give: the header is left out, and the check goes on. */
async function readNamed(name: string, origin: string, store: KeyStore): Promise<string | undefined> {
  try {
    return await store.readNamed(name, origin);
  } catch {
    return undefined;
  }
}
