/** The settings entry of a new endpoint: an id that is free, and nothing that says no more than the defaults. */

/** A slug of the name with a number behind it where it is taken. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const stem = slug === "" ? "endpoint" : slug;
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(id)) {
      return id;
    }
  }
}
