import { Option } from "commander";
import type { Waiting } from "../workspace/locks.ts";
import { wholeNumber } from "./row-options.ts";

const MOST_SECONDS = 10_000_000;

/** --wait: for ever where no number is given. */
export const waitOption = (): Option =>
  new Option(
    "--wait [seconds]",
    "wait, so long or as long as it takes, where another command writes the same records",
  ).argParser(wholeNumber(0, MOST_SECONDS));

/** How a command waits for its locks, and says on stderr for whom. */
export const waitingFrom = (wait: number | true | undefined, signal: AbortSignal): Waiting => ({
  seconds: wait === true ? Number.POSITIVE_INFINITY : (wait ?? 0),
  signal,
  onWait: (what, who) => process.stderr.write(`waits until it may write ${what}: ${who} has the lock\n`),
});
