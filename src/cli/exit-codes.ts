/** What the process says to a script. */
export const EXIT = {
  ok: 0,
  /** The command ran, and the thing it checked is false: a proof that does not hold, a bundle that is malformed. */
  checkFailed: 1,
  /** Misuse, or an error that kept the command from doing its work. */
  error: 2,
} as const;
