import type { Command } from "commander";
import {
  applyBeacon,
  BEACON_EXPONENTS,
  contribute,
  type StepOptions,
  startCeremony,
} from "../../operations/keys/ceremony.ts";
import type { Beacon, Transcript } from "../../proof/ceremony/transcript.ts";
import { addCommand, type Context } from "../command.ts";
import { readExtraEntropy } from "../entropy.ts";
import { table } from "../output.ts";
import { registerCeremonyChecks } from "./keys-ceremony-check.ts";
import { type PhaseOneFlags, parseHex, parseIterations, phaseOneOptions } from "./keys-ceremony-options.ts";

interface Force {
  readonly force?: boolean;
}

const forceOption = (command: Command): Command =>
  command.option("--force", "replace a file of the output's name");

const stepOptions = ({ signal, onProgress }: Context, { force = false }: Force): StepOptions => ({
  signal,
  onProgress,
  force,
});

function registerNew(ceremony: Command): void {
  addCommand<PhaseOneFlags & Force & { out: string }>(ceremony, {
    usage: "new",
    standalone: true,
    interruption: "tidies",
    summary: "coordinator: make the first key of a ceremony, which anybody can make again byte for byte",
    example: "tributary keys ceremony new --tier mini --ptau powersOfTau28_hez_final_14.ptau --out 0000.zkey",
    options: (command) =>
      forceOption(phaseOneOptions(command)).requiredOption("--out <file>", "the first key"),
    run: async (context, { tier, ptau, ptauDigest, out, ...flags }) => {
      const { circuitHash } = await startCeremony(
        tier,
        { ptau, ptauDigest },
        out,
        stepOptions(context, flags),
      );
      const text = table([
        ["first key", out],
        ["circuit hash", circuitHash],
      ]);
      return { ok: true, data: { file: out, tier, circuitHash }, text };
    },
  });
}

/** What somebody who took a step publishes. */
function published(
  out: string,
  { added, circuitHash, contributions }: Transcript & { added: { hash: string } },
) {
  const text = table([
    ["file", out],
    ["steps so far", contributions.length],
    ["circuit hash", circuitHash],
    ["contribution hash", added.hash],
  ]);
  return { ok: true, data: { file: out, hash: added.hash, circuitHash, contributions }, text };
}

function registerContribute(ceremony: Command): void {
  addCommand<Force & { name: string; entropyFd?: number; ask?: boolean }>(ceremony, {
    usage: "contribute <in> <out>",
    standalone: true,
    interruption: "tidies",
    summary: "contributor: mix a secret into the key, forget it, and print the hash to publish",
    example: 'tributary keys ceremony contribute 0002.zkey 0003.zkey --name "Ada"',
    options: (command) =>
      forceOption(command)
        .requiredOption("--name <name>", "who you are, for the transcript")
        .option(
          "--entropy-fd <number>",
          "mix in a line from this file descriptor, besides the system's randomness",
          Number,
        )
        .option("--ask", "mix in a line typed at the terminal, besides the system's randomness"),
    run: async (context, { name, entropyFd, ask, ...flags }, [from, to]) => {
      const extra = await readExtraEntropy({ descriptor: entropyFd, ask: ask === true });
      return published(to!, await contribute(from!, to!, { name, extra }, stepOptions(context, flags)));
    },
  });
}

function registerBeacon(ceremony: Command): void {
  addCommand<Force & { name: string; beacon: string; iterations: number }>(ceremony, {
    usage: "beacon <in> <out>",
    standalone: true,
    interruption: "tidies",
    summary: "coordinator: end the ceremony with a public value that nobody could foresee",
    example: "tributary keys ceremony beacon 0003.zkey final.zkey --beacon 5e…c1 --iterations 2^20",
    options: (command) =>
      forceOption(command)
        .requiredOption(
          "--beacon <hex>",
          "the value, of a source and a time that were announced before",
          parseHex,
        )
        .requiredOption(
          "--iterations <2^n>",
          `how often SHA-256 is applied, 2^${BEACON_EXPONENTS.min} to 2^${BEACON_EXPONENTS.max}`,
          parseIterations,
        )
        .option("--name <name>", "what the transcript calls it", "beacon"),
    run: async (context, { name, beacon, iterations, ...flags }, [from, to]) => {
      const step: Beacon & { name: string } = { name, value: beacon, exponent: iterations };
      return published(to!, await applyBeacon(from!, to!, step, stepOptions(context, flags)));
    },
  });
}

/** `tributary keys ceremony`: keys that nobody can forge under, if one contributor was honest. */
export function registerKeysCeremony(keys: Command): void {
  const ceremony = keys
    .command("ceremony")
    .description("phase 2 of a trusted set-up, on snarkjs's file formats");
  registerNew(ceremony);
  registerContribute(ceremony);
  registerBeacon(ceremony);
  registerCeremonyChecks(ceremony);
}
