import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/setup/circom.ts";
import { compileMain, type TestCircuit } from "./circuit.ts";
import type { Size } from "./circuit-case.ts";
import type { SettlementInput } from "./circuit-reference.ts";
import { WitnessRefused } from "./circuit-witness.ts";

/**
 * Where the circuits are that patches are applied to. A run of mutants (bench/mutants) changes the circuits below ROOT, and the
 * attack has to be on the circuit as it is, without the one constraint.
 */
const PRISTINE = process.env.TRIBUTARY_PRISTINE ?? ROOT;

/** A change of one source file below circuits/. */
export interface Patch {
  readonly file: string;
  readonly apply: (text: string) => string;
  /** What tells this patch from others. */
  readonly key: string;
}

function once(text: string, wanted: string, where: string): void {
  const found = text.split(wanted).length - 1;
  if (found !== 1) throw new Error(`${where}: "${wanted}" is there ${found} times, not once`);
}

/** Replaces a piece of text that must be in the file exactly once; without a replacement it takes the piece out. */
export const replaced = (file: string, wanted: string, replacement = ""): Patch => ({
  file,
  key: `${file}\0${wanted}\0${replacement}`,
  apply: (text) => {
    once(text, wanted, file);
    return text.replace(wanted, () => replacement);
  },
});

/** Adds a copy of a template, under another name and without one piece of text that must be in it exactly once. */
export const variant = (file: string, template: string, without: string, name: string): Patch => ({
  file,
  key: `${file}\0${template}\0${without}\0${name}`,
  apply: (text) => {
    const start = text.indexOf(`template ${template}(`);
    const end = text.indexOf("\n}\n", start);
    if (start < 0 || end < 0) throw new Error(`${file} has no template ${template}`);
    const body = text.slice(start, end + 3);
    once(body, without, `${file}, ${template}`);
    const copy = body.replace(without, () => "").replace(`template ${template}(`, () => `template ${name}(`);
    return `${text}\n${copy}`;
  },
});

/** The smallest instance in which every attack fits. */
export const ATTACK_SIZE: Size = { traces: 2, positions: 4, width: 3 };

const mainText = (circuits: string, size: Size): string =>
  `pragma circom 2.2.0;

include "${circuits}/settlement/settlement.circom";

component main {public [h2, beta, y]} = Settlement(${size.traces}, ${size.positions}, ${size.width});
`;

/** The circuit as it is. Without any simplification, so that its wires are those of its mutants. */
export const compileReal = (size: Size = ATTACK_SIZE): Promise<TestCircuit> =>
  compileMain(mainText("../../circuits", size), join(ROOT, ".cache/test-mains"), "O0");

/**
 * A copy of the circuits' sources with some patches applied.
 *
 * @returns the folder that has it as circuits/
 * @throws where a patch does not match exactly once: a mutant that is the circuit itself would prove nothing
 */
export async function mutantSources(patches: readonly Patch[]): Promise<string> {
  const sources = await Promise.all(
    patches.map(async ({ file }) => `${file}\0${await readFile(join(PRISTINE, "circuits", file), "utf8")}`),
  );
  const key = createHash("sha256")
    .update(JSON.stringify([patches.map((patch) => patch.key), sources]))
    .digest("hex");
  const folder = join(ROOT, ".cache/mutants", key.slice(0, 16));
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await cp(join(PRISTINE, "circuits"), join(draft, "circuits"), { recursive: true });
  for (const { file, apply } of patches) {
    const path = join(draft, "circuits", file);
    await writeFile(path, apply(await readFile(path, "utf8")));
  }
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return folder;
}

/** One instance of a template in a copy of the sources with some patches applied. */
export const compileMutantTemplate = async (
  patches: readonly Patch[],
  file: string,
  instance: string,
): Promise<TestCircuit> =>
  compileMain(
    `pragma circom 2.2.0;\n\ninclude "circuits/${file}";\n\ncomponent main = ${instance};\n`,
    await mutantSources(patches),
    "O1",
  );

/** The circuit with some patches applied. @throws where a patch does not match exactly once */
export const compileMutant = async (
  patches: readonly Patch[],
  size: Size = ATTACK_SIZE,
): Promise<TestCircuit> => compileMain(mainText("circuits", size), await mutantSources(patches), "O0");

export interface Attack {
  readonly patches: readonly Patch[];
  readonly input: SettlementInput;
  /** The part of the circuit that must refuse: a piece of the name of a signal in every constraint that breaks. */
  readonly refusedBy: string;
  readonly size?: Size;
}

/**
 * Runs one attack: a witness that satisfies all of the circuit but the constraint that the patches took out.
 *
 * The mutant accepts it, so the forgery is complete; the circuit refuses the very same witness, and only in the constraint that
 * was taken out, so nothing else would have stopped it.
 */
export async function assertOnlyMutantAccepts({ patches, input, refusedBy, size }: Attack): Promise<void> {
  const mutant = await compileMutant(patches, size);
  const real = await compileReal(size);
  const witness = await mutant.witness({ ...input });
  assert.deepEqual(mutant.broken(witness), [], "the mutant accepts");
  const broken = real.broken(mutant.carried(witness, real));
  assert.notDeepEqual(broken, [], "the circuit refuses");
  for (const one of broken) assert.ok(one.includes(refusedBy), `refused by ${one}, not by ${refusedBy}`);
  await assert.rejects(real.witness({ ...input }), WitnessRefused);
}
