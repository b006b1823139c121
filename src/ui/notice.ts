/** Thrown where a command can not go on and the person should be told why: nothing is broken, so nothing is logged. */
export class Notice extends Error {}
