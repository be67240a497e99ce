import { type Command, InvalidArgumentError, Option } from "commander";
import { BEACON_EXPONENTS } from "../../operations/keys/ceremony.ts";
import { TIER_NAMES, type TierName } from "../../params/tiers.ts";

export interface PhaseOneFlags {
  readonly tier: TierName;
  readonly ptau: string;
  readonly ptauDigest?: string;
}

const tierOption = (): Option =>
  new Option("--tier <name>", "whose circuit").choices(TIER_NAMES).makeOptionMandatory();

/** Adds what says which phase 1 a ceremony stands on. */
export const phaseOneOptions = (command: Command): Command =>
  command
    .addOption(tierOption())
    .requiredOption("--ptau <file>", "phase 1: powers of tau, prepared for phase 2")
    .option("--ptau-digest <hex>", "BLAKE2b-512 of a phase-1 file that is none of the published ones");

const { min, max } = BEACON_EXPONENTS;

/** "2^20" as 20. */
export function parseIterations(text: string): number {
  const exponent = Number(/^2\^(\d{1,2})$/.exec(text)?.[1]);
  if (exponent >= min && exponent <= max) return exponent;
  throw new InvalidArgumentError(`Expected 2^${min} to 2^${max}.`);
}

export const parseHex = (text: string): string => text.toLowerCase().replace(/^0x/, "");
