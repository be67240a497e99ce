import { type Command, InvalidArgumentError, Option } from "commander";
import type { AdapterOptions } from "../operations/training/fit-models.ts";
import { MEMBER_SOURCES, type MemberSource } from "../operations/training/member-sources.ts";
import { wholeNumber } from "./row-options.ts";

/** What a user can say about the model to train. */
export interface AdapterFlags {
  readonly kind?: AdapterOptions["kind"];
  readonly hidden?: readonly number[];
  readonly rank?: number;
  readonly scale?: number;
  readonly targets?: readonly string[];
  readonly epochs?: number;
  readonly members?: number;
  readonly membersFrom?: MemberSource;
}

const MOST_UNITS = 4096;
const MOST_MEMBERS = 64;

function widths(text: string): number[] {
  const parts = text.split(",").map(Number);
  const fine = parts.every((width) => Number.isInteger(width) && width >= 1 && width <= MOST_UNITS);
  if (fine && parts.length <= 4) return parts;
  throw new InvalidArgumentError("one to four widths up to 4096, such as 64 or 64,32");
}

export function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("a number above 0, such as 1e-5");
}

/** Adds the options that say what kind of model is trained, and of which shape. */
export const adapterOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--kind <kind>",
        "a softmax head, a perceptron, or low-rank adapters inside of the base, which --onnx has to give (default: linear)",
      ).choices(["linear", "mlp", "lora"] satisfies AdapterOptions["kind"][]),
    )
    .option("--hidden <widths>", "mlp: units of each hidden layer (default: 64)", widths)
    .option("--rank <number>", "lora: rank of each pair (default: 4)", wholeNumber(1, 256))
    .option("--scale <number>", "lora: what each pair's product is multiplied by (default: 2)", positive)
    .option(
      "--targets <names>",
      "lora: the base's products to adapt, by name (default: all)",
      (text: string) => text.split(","),
    )
    .option(
      "--epochs <number>",
      "mlp and lora: passes over the rows (default: 20 and 15)",
      wholeNumber(1, 10_000),
    )
    .option(
      "--members <number>",
      "models of an ensemble; the first answers, scores come from all (default: 1)",
      wholeNumber(1, MOST_MEMBERS),
    )
    .addOption(
      new Option(
        "--members-from <source>",
        "what the further members are: trainings from other seeds, trainings on random halves of the rows, or earlier epochs of the first one's training (default: seeds; a softmax head has halves only)",
      ).choices(MEMBER_SOURCES),
    );

/** The flags that were given, as the pipeline takes them. */
export function adapterFrom(flags: AdapterFlags): AdapterOptions {
  const { kind = "linear", hidden, rank, scale, targets, epochs, members, membersFrom } = flags;
  return {
    kind,
    ...(hidden && { hidden }),
    ...(rank && { rank }),
    ...(scale && { scale }),
    ...(targets && { targets }),
    ...(epochs && { epochs }),
    ...(members && { members }),
    ...(membersFrom && { membersFrom }),
  };
}
