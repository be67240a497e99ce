import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type CompiledCircuit,
  circuitDigest,
  compileCircuit,
  type Optimisation,
  ROOT,
} from "../../scripts/setup/circom.ts";
import {
  brokenConstraints,
  type ConstraintSystem,
  looseWires,
  readConstraintSystem,
} from "./circuit-r1cs.ts";
import { type CircuitInput, computeWitness } from "./circuit-witness.ts";

const CACHE = join(ROOT, ".cache/test-circuits");

/** A compiled main circuit: its constraints, its signals' names, and witnesses for it. */
export class TestCircuit {
  readonly wasm: string;
  readonly system: ConstraintSystem;
  /** Signal name without the leading "main." → wire; a signal that the compiler has merged into another has none. */
  readonly wires: ReadonlyMap<string, number>;

  private constructor(wasm: string, system: ConstraintSystem, wires: ReadonlyMap<string, number>) {
    this.wasm = wasm;
    this.system = system;
    this.wires = wires;
  }

  static async load(files: CompiledCircuit): Promise<TestCircuit> {
    const wires = new Map<string, number>();
    for (const line of (await readFile(files.sym, "utf8")).trimEnd().split("\n")) {
      const [, wire, , name] = line.split(",");
      if (wire !== "-1") wires.set(name!.replace(/^main\./, ""), Number(wire));
    }
    return new TestCircuit(files.wasm, await readConstraintSystem(files.r1cs), wires);
  }

  get constraints(): number {
    return this.system.constraints.length;
  }

  /** @throws WitnessRefused where the circuit's own check fails */
  witness(input: CircuitInput): Promise<bigint[]> {
    return computeWitness(this.wasm, input);
  }

  wire(name: string): number {
    const wire = this.wires.get(name);
    if (wire === undefined) throw new RangeError(`no wire is called ${name}`);
    return wire;
  }

  /** The constraints that a witness breaks, each as the names of its first signals. */
  broken(witness: readonly bigint[]): string[] {
    const names = new Map([...this.wires].map(([name, wire]) => [wire, name]));
    return brokenConstraints(this.system, witness).map((i) =>
      this.system.constraints[i]!.map((form) =>
        form
          .slice(0, 3)
          .map(([wire]) => (wire === 0 ? "1" : names.get(wire)))
          .join(" + "),
      ).join(" | "),
    );
  }

  /** The names of the signals, other than inputs, that a forger could change alone in an accepted witness: there should be none. */
  loose(witness: readonly bigint[]): string[] {
    const names = new Map([...this.wires].map(([name, wire]) => [wire, name]));
    return looseWires(this.system, witness).map((wire) => names.get(wire) ?? `wire ${wire}`);
  }

  /** A witness of this circuit as one of another, signal by signal: for a mutant that has signals more. */
  carried(witness: readonly bigint[], other: TestCircuit): bigint[] {
    const carried = new Array<bigint>(other.system.wires);
    carried[0] = 1n;
    for (const [name, wire] of other.wires) carried[wire] = witness[this.wire(name)]!;
    return carried;
  }

  /** A copy of a witness with some signals replaced, by name. */
  edited(witness: readonly bigint[], edits: Readonly<Record<string, bigint>>): bigint[] {
    const copy = [...witness];
    for (const [name, value] of Object.entries(edits)) copy[this.wire(name)] = value;
    return copy;
  }
}

/** Compiles the text of a main circuit, unless that very text with these very includes has been compiled before. */
export async function compileMain(
  text: string,
  folder: string,
  optimisation: Optimisation,
): Promise<TestCircuit> {
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  await mkdir(folder, { recursive: true });
  const main = join(folder, `${name}.circom`);
  const draft = `${main}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, main);
  const digest = (await circuitDigest(main, optimisation)).slice(0, 32);
  const built = join(CACHE, digest);
  const files = {
    r1cs: join(built, "main.r1cs"),
    wasm: join(built, "main.wasm"),
    sym: join(built, "main.sym"),
  };
  if (!existsSync(files.r1cs)) await compileCircuit(main, built, "main", optimisation);
  return TestCircuit.load(files);
}

/**
 * Compiles one instance of a template.
 *
 * @param file the template's file, from the folder circuits/
 * @param instance `Template(parameters)`
 */
export function compileTemplate(
  file: string,
  instance: string,
  optimisation: Optimisation = "O1",
): Promise<TestCircuit> {
  const text = `pragma circom 2.2.0;\n\ninclude "../../circuits/${file}";\n\ncomponent main = ${instance};\n`;
  return compileMain(text, join(ROOT, ".cache/test-mains"), optimisation);
}
