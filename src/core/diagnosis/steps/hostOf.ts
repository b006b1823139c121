/** Host and port of a base URL, as the layers below HTTP want them. */

/** IPv6 without its brackets, as the system's look-up wants it. */
export function hostOf(baseUrl: string): string {
  return new URL(baseUrl).hostname.replace(/^\[|\]$/g, "");
}

export function portOf(baseUrl: string): number {
  const { port, protocol } = new URL(baseUrl);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
