/** In which language the command line speaks. */

/** The file of translated texts, or undefined for English. `LC_ALL` wins over `LC_MESSAGES` and `LANG`, as POSIX has it. */
export function bundleFor(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const locale = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((each) => (each ?? "") !== "") ?? "";
  return /^zh/i.test(locale) ? "bundle.l10n.zh-cn.json" : undefined;
}
