/** Thrown where a command can not go on and the person should be told why: nothing is broken, so nothing is logged. */
export class Notice extends Error {
  override readonly name = "Notice";
}

/** By name, as each bundle has a class of its own. */
export function isNotice(error: unknown): error is Notice {
  return error instanceof Error && error.name === "Notice";
}
