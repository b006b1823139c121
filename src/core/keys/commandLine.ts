/** A command as a person types it, taken apart into the program and its arguments that no shell will see. */

/** Words at spaces, quotes keeping one together; a JSON list as it stands. Undefined while a quote or the list is open. */
export function readCommandLine(line: string): readonly string[] | undefined {
  if (line.trimStart().startsWith("[")) {
    return readList(line);
  }
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== "") {
    // A backslash is a letter like any other: Windows paths are full of them.
    const word = /^(?:[^\s"']|"[^"]*"|'[^']*')+/.exec(rest)?.[0];
    if (word === undefined) {
      return undefined;
    }
    words.push(
      word.replace(
        /"([^"]*)"|'([^']*)'/g,
        (_whole, double?: string, single?: string) => double ?? single ?? "",
      ),
    );
    rest = rest.slice(word.length);
    if (rest !== "" && !/^\s/.test(rest)) {
      return undefined;
    }
    rest = rest.trimStart();
  }
  return words;
}

/** The first sign outside quotes that only a shell would understand. */
export function shellSigns(line: string): string | undefined {
  if (line.trimStart().startsWith("[")) {
    return undefined;
  }
  return /&&|\|\|?|;|>|<|\$\(|\$\{?\w+\}?|`/.exec(line.replace(/'[^']*'/g, ""))?.[0];
}

function readList(line: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
