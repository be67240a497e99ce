import { type Command, InvalidArgumentError, Option } from "commander";
import { TributaryError } from "../core/errors.ts";
import { parseColumns } from "../datanet/source/columns.ts";
import type { Columns, Dialect } from "../datanet/types.ts";
import { parseOpen } from "../operations/fees.ts";
import { TIER_NAMES, type TierName } from "../params/tiers.ts";

/** How a file of rows is to be read. */
export interface RowFlags {
  readonly text?: string;
  readonly features?: string;
  readonly label?: string;
  readonly contributor?: string;
  readonly contributors?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly quotes: boolean;
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

/** Delimiters that are hard to type or to see. */
const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ["tab", "\t"],
  ["\\t", "\t"],
  ["comma", ","],
  ["semicolon", ";"],
  ["bar", "|"],
  ["space", " "],
]);

function parseDelimiter(text: string): string {
  const delimiter = DELIMITERS.get(text) ?? text;
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return delimiter;
  throw new InvalidArgumentError("one character, or tab, comma, semicolon, bar, space");
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
    .option(
      "--delimiter <character>",
      "what separates values, such as tab (default: found out)",
      parseDelimiter,
    )
    .option("--encoding <name>", "of a text that is not UTF-8, such as latin1")
    .option("--no-quotes", "a quote is a character like others; a row is a line")
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

/** How the text of a file of rows is written, as far as it was said. */
export const dialectFrom = ({ delimiter, encoding, quotes }: RowFlags): Dialect => ({
  quotes,
  ...(delimiter === undefined ? {} : { delimiter }),
  ...(encoding === undefined ? {} : { encoding }),
});

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
