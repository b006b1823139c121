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
    await exitAfterOutput(await main(process.argv.slice(2)));
  } catch (error) {
    console.error(`\n${describeTrouble(error)}`);
    await exitAfterOutput(1);
  }
}

/** Ends the process once its last line has left it: a slow reader at the end of a pipe would otherwise lose it. */
export async function exitAfterOutput(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => void stream.write("", () => resolve()));
  }
  process.exit(code);
}
