import { type Command, InvalidArgumentError, Option } from "commander";
import { DUPLICATE_RULES, type DuplicateRule } from "../attribution/duplicate-weights.ts";
import { METHOD_NAMES } from "../attribution/methods/types.ts";
import { type LeftOutOrder, ROW_GRADIENTS, type RowGradient } from "../attribution/objective.ts";
import { DEFAULT_METHOD, type MethodOptions } from "../operations/attribution/options.ts";
import { DEFAULT_SEARCH, type SearchOptions } from "../operations/ridge-search/options.ts";
import { seedOption, wholeNumber } from "./row-options.ts";

/** How an index is to be built, from the command line. */
export interface MethodFlags {
  readonly method: MethodOptions["name"];
  readonly gradient: RowGradient;
  readonly order: LeftOutOrder;
  readonly sketch?: MethodOptions["init"];
  readonly ridge?: number | "search";
  readonly searchHalves: number;
  readonly searchQueries: number;
  readonly searchGrid?: readonly number[];
  readonly candidates: number;
  readonly positionShare: number;
  readonly relatif?: boolean;
  readonly rowCap: number;
  readonly nearDuplicates: DuplicateRule;
  readonly nearSimilarity: number;
  readonly seed: number;
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("a number above 0, such as 1e-4");
}

const ridgeOrSearch = (text: string): number | "search" => (text === "search" ? text : positive(text));

const grid = (text: string): readonly number[] => text.split(",").map(positive);

function leftOutOrder(text: string): LeftOutOrder {
  if (text === "1" || text === "2") return text === "1" ? 1 : 2;
  throw new InvalidArgumentError("1 or 2");
}

function percentile(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError("a number above 0 and at most 100");
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("a number from 0 to 1");
}

function similarity(text: string): number {
  const value = Number(text);
  if (value >= 0.5 && value <= 1) return value;
  throw new InvalidArgumentError("a number from 0.5 to 1");
}

/** Adds the options that decide an index, without the seed, which a command may have already. */
export const addMethodChoices = (command: Command): Command =>
  command
    .addOption(
      new Option("--method <name>", "what a score means").choices(METHOD_NAMES).default(DEFAULT_METHOD.name),
    )
    .addOption(
      new Option(
        "--gradient <name>",
        "what of a row is summed up: its share of the whole objective, as leaving it out and training again shows, or its loss alone",
      )
        .choices(ROW_GRADIENTS)
        .default(DEFAULT_METHOD.gradient),
    )
    .addOption(
      new Option(
        "--order <number>",
        "2: leave a contributor's rows out of the curvature, too (a softmax head of at most 8,192 rows); 1: of no model",
      )
        .default(DEFAULT_METHOD.order)
        .argParser(leftOutOrder),
    )
    .addOption(
      new Option(
        "--sketch <name>",
        "where the columns come from that the method works in (default: pca; trak: random)",
      ).choices(["pca", "sjlt", "random"]),
    )
    .option(
      "--ridge <number>",
      "λ of the preconditioner (default: the model's own; of an MLP ten times that, of LoRA a hundred times), or search: the one of --search-grid whose scores predict retraining best, on training rows that are set aside",
      ridgeOrSearch,
    )
    .option(
      "--search-grid <numbers>",
      "λ to try with --ridge search (default: a tenth, three tenths, one, three and ten times the default)",
      grid,
    )
    .option(
      "--search-halves <number>",
      "models to train with --ridge search, on halves of the rows and of the contributors each",
      wholeNumber(4, 10_000),
      DEFAULT_SEARCH.halves,
    )
    .option(
      "--search-queries <number>",
      "rows to set aside with --ridge search; at most a fifth of all",
      wholeNumber(10, 100_000),
      DEFAULT_SEARCH.queries,
    )
    .option(
      "--candidates <number>",
      "columns that the method works in, before the tier's are chosen",
      wholeNumber(16, 4096),
      DEFAULT_METHOD.candidates,
    )
    .option(
      "--position-share <fraction>",
      "how much the sums that are paid by count when the tier's columns are chosen, 0 to 1; the rest are single rows",
      share,
      DEFAULT_METHOD.positionShare,
    )
    .option("--relatif", "weigh rows by 1/√(their influence on themselves), against outliers")
    .option(
      "--row-cap <percentile>",
      "shorten rows that are longer than this percentile (100: none)",
      percentile,
      DEFAULT_METHOD.rowCap,
    )
    .addOption(
      new Option(
        "--near-duplicates <rule>",
        "rows that say the same share one row's reward, or the first has it, or (off) each earns",
      )
        .choices(DUPLICATE_RULES)
        .default(DEFAULT_METHOD.nearDuplicates),
    )
    .option(
      "--near-similarity <fraction>",
      "least similarity of near texts, 0.5 to 1; where honest texts are alike, near ones have to be more so",
      similarity,
      DEFAULT_METHOD.nearSimilarity,
    );

export const addMethodOptions = (command: Command): Command =>
  addMethodChoices(command).addOption(seedOption());

export const methodFrom = ({
  method,
  gradient,
  order,
  sketch,
  ridge,
  candidates,
  positionShare,
  relatif,
  rowCap,
  nearDuplicates,
  nearSimilarity,
  seed,
}: MethodFlags): MethodOptions => ({
  ...DEFAULT_METHOD,
  name: method,
  gradient,
  order,
  init: sketch,
  ridge: ridge === "search" ? undefined : ridge,
  candidates,
  positionShare,
  normalise: relatif === true ? "relatif" : DEFAULT_METHOD.normalise,
  rowCap,
  nearDuplicates,
  nearSimilarity,
  seed,
});

/** How λ is to be searched for; undefined where it is not. */
export const searchFrom = ({
  ridge,
  searchHalves: halves,
  searchQueries: queries,
  searchGrid: ridges,
  seed,
}: MethodFlags): SearchOptions | undefined =>
  ridge === "search" ? { seed, halves, queries, ridges } : undefined;
