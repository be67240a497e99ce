import { type Command, InvalidArgumentError, Option } from "commander";
import { TributaryError } from "../core/errors.ts";
import { parseColumns } from "../datanet/columns.ts";
import type { Columns } from "../datanet/types.ts";
import { parseOpen } from "../operations/fees.ts";
import { TIER_NAMES, type TierName } from "../params/tiers.ts";

/** How a file of rows is to be read. */
export interface RowFlags {
  readonly text?: string;
  readonly features?: string;
  readonly label?: string;
  readonly contributor?: string;
  readonly contributors?: number;
  readonly test?: string;
  readonly holdOut?: number;
  readonly seed: number;
  readonly tier: TierName;
}

/** A whole number of an option, in a range. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d{1,16}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
  };

function fraction(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError("a number between 0 and 1, such as 0.15");
}

const tierOption = (): Option =>
  new Option("--tier <name>", "size of the DataNet and of the proofs").choices(TIER_NAMES).default("mini");

export const seedOption = (): Option =>
  new Option("--seed <number>", "seed of every random choice that is not a secret")
    .argParser(wholeNumber(0, 2 ** 32 - 1))
    .default(1);

/** What each request pays; units. */
export const feeOption = (): Option =>
  new Option("--fee <OPEN>", "what each request pays")
    .argParser(parseOpen)
    .default(parseOpen("0.01"), "0.01");

/** Adds the options that say which columns are what, whose rows they are, and what is held out. */
export function rowOptions(command: Command): Command {
  return command
    .option("--text <column>", "the column with the text")
    .option("--features <columns>", "the columns with numbers: names or numbers from 0, 0-63 for a range")
    .option("--label <column>", "the column with the label")
    .option("--contributor <column>", "the column that says whose row it is")
    .option(
      "--contributors <number>",
      "deal the rows to so many contributors, label-skewed",
      wholeNumber(1, 1024),
    )
    .option("--test <file>", "held-out rows, with the same columns")
    .option("--hold-out <fraction>", "hold out this part of each label's rows", fraction)
    .addOption(tierOption())
    .addOption(seedOption());
}

/** @throws TRB_CLI_USAGE, TRB_DATANET_COLUMNS_INVALID */
export function columnsFrom({ text, features, label, contributor }: RowFlags): Columns {
  if (label === undefined) {
    throw new TributaryError("TRB_CLI_USAGE", "The column of the label is not named.", {
      hint: "Give --label COLUMN.",
    });
  }
  return {
    label,
    ...(text === undefined ? {} : { text }),
    ...(features === undefined ? {} : { features: parseColumns(features) }),
    ...(contributor === undefined ? {} : { contributor }),
  };
}

/** Where the held-out rows come from; undefined where none are asked for. @throws TRB_CLI_USAGE */
export function heldOutFrom({
  test,
  holdOut,
}: RowFlags): { file: string } | { fraction: number } | undefined {
  if (test !== undefined && holdOut !== undefined) {
    throw new TributaryError("TRB_CLI_USAGE", "Held-out rows come from a file or from the data, not both.", {
      hint: "Give --test FILE or --hold-out FRACTION.",
    });
  }
  if (test !== undefined) return { file: test };
  return holdOut === undefined ? undefined : { fraction: holdOut };
}
