/** Host and port of a base URL, as a name for an endpoint that has none. */
export function hostName(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
