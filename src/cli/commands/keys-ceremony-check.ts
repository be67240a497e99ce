import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { requireBeacon } from "../../operations/keys/ceremony.ts";
import {
  type CeremonyQuestion,
  type CeremonyVerdict,
  verifyCeremony,
} from "../../operations/keys/ceremony-verify.ts";
import { requireNewFolder, writeKeyFolder } from "../../operations/keys/key-folder.ts";
import type { Contribution } from "../../proof/ceremony/transcript.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { type PhaseOneFlags, parseHex, parseIterations, phaseOneOptions } from "./keys-ceremony-options.ts";

interface Flags extends PhaseOneFlags {
  readonly initial?: string;
  readonly contribution?: readonly string[];
  readonly beacon?: string;
  readonly iterations?: number;
}

const checkOptions = (command: Command): Command =>
  phaseOneOptions(command)
    .option(
      "--initial <file>",
      "the first key, where you made it yourself: saves making it again, which takes longest",
    )
    .option("--contribution <hash...>", "contributions that must be there: your own, say")
    .option("--beacon <hex>", "the beacon that was announced", parseHex)
    .option("--iterations <2^n>", "its iterations", parseIterations);

function questionOf(zkey: string, { tier, ptau, ptauDigest, initial, ...flags }: Flags): CeremonyQuestion {
  const { contribution = [], beacon, iterations } = flags;
  if ((beacon === undefined) !== (iterations === undefined)) {
    throw new TributaryError("TRB_CLI_USAGE", "--beacon and --iterations go together.", {
      hint: "Give the value and how often it was hashed, as announced.",
    });
  }
  const announced = beacon === undefined ? undefined : { value: beacon, exponent: iterations! };
  if (announced !== undefined) requireBeacon(announced);
  const contributions = contribution.map(parseHex);
  return { tier, zkey, ptau, ptauDigest, initial, contributions, beacon: announced };
}

function describe(one: Contribution, i: number): readonly [string, string] {
  const what =
    one.beacon === undefined ? one.name : `${one.name} (${one.beacon.value}, 2^${one.beacon.exponent} times)`;
  return [`${i + 1}`, `${one.hash} ${what}`];
}

function report({ ok, failures, phaseOne, transcript }: CeremonyVerdict): string {
  const lines = table([
    ["phase 1", `${phaseOne.published ? "published by Hermez" : "of the digest given"}, 2^${phaseOne.power}`],
    ["circuit hash", transcript?.circuitHash ?? "unreadable"],
    ...(transcript?.contributions ?? []).map(describe),
  ]);
  const verdict = ok
    ? "holds: the key is what these contributions make of this circuit and this phase 1"
    : failures.map(({ code, message }) => `${code}: ${message}`).join("\n");
  return `${lines}\n${verdict}`;
}

const dataOf = ({ failures, phaseOne, transcript }: CeremonyVerdict) => ({ failures, phaseOne, transcript });

/** `tributary keys ceremony verify` and `export`: what an observer checks, and what a deployment takes. */
export function registerCeremonyChecks(ceremony: Command): void {
  addCommand<Flags>(ceremony, {
    usage: "verify <file>",
    standalone: true,
    interruption: "tidies",
    summary:
      "observer: check a ceremony's whole transcript against circuit and phase 1; exit code 1 where it does not hold",
    example: "tributary keys ceremony verify final.zkey --tier mini --ptau powersOfTau28_hez_final_14.ptau",
    options: checkOptions,
    run: async ({ signal, onProgress }, flags, [zkey]) => {
      const verdict = await verifyCeremony(questionOf(zkey!, flags), { signal, onProgress });
      return { ok: verdict.ok, data: dataOf(verdict), text: report(verdict) };
    },
  });

  addCommand<Flags & { out: string }>(ceremony, {
    usage: "export <file>",
    standalone: true,
    interruption: "tidies",
    summary: "verify a ceremony, then write a key folder for provers, verifiers and the deployment",
    example:
      "tributary keys ceremony export final.zkey --tier mini --ptau powersOfTau28_hez_final_14.ptau --out keys/mini",
    options: (command) =>
      checkOptions(command).requiredOption("--out <folder>", "a folder that is not there yet"),
    run: async ({ signal, onProgress }, { out, ...flags }, [zkey]) => {
      requireNewFolder(out);
      const verdict = await verifyCeremony(questionOf(zkey!, flags), { signal, onProgress });
      if (!verdict.ok) return { ok: false, data: dataOf(verdict), text: report(verdict) };
      const { keyDigest } = await writeKeyFolder(out, verdict, { zkey: zkey!, ptau: flags.ptau });
      const text = `${report(verdict)}\n${table([
        ["key folder", out],
        ["key digest", keyDigest],
      ])}`;
      return { ok: true, data: { ...dataOf(verdict), folder: out, keyDigest }, text };
    },
  });
}
