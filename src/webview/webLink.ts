/** The only links a page shows or asks to open. */
export function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url.trim());
}
