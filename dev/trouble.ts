/** Something a person can put right. Its message says what is wrong; `command`, what to run. Shown without a stack. */
export class Trouble extends Error {
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** What a person is shown for anything thrown: a Trouble's own words, a stack only for our own mistakes. */
export function describeTrouble(error: unknown): string {
  if (error instanceof Trouble) {
    return error.command === undefined ? error.message : `${error.message}\nRun: ${error.command}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Runs a script's main function and exits with its number. A signal exits at once, and the exit handlers of what runs
 * clean up, unless the script ends itself in its own way.
 */
export async function runScript(
  main: (args: readonly string[]) => Promise<number>,
  signals: "exit on signals" | "own signals" = "exit on signals",
): Promise<void> {
  if (signals === "exit on signals") {
    process.once("SIGINT", () => process.exit(130));
    process.once("SIGTERM", () => process.exit(143));
    process.once("SIGHUP", () => process.exit(129));
  }
  try {
    process.exit(await main(process.argv.slice(2)));
  } catch (error) {
    console.error(`\n${describeTrouble(error)}`);
    process.exit(1);
  }
}
