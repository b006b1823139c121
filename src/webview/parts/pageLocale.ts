/** The host writes the editor's display language into the page; a browser's own would be the machine's. */
export function pageLocale(): string {
  const { lang } = document.documentElement;
  return Intl.NumberFormat.supportedLocalesOf(lang === "" ? [] : [lang])[0] ?? "en";
}
