import { readFile } from "node:fs/promises";
import { R } from "../../src/crypto/field.ts";

/** A linear form: wire and coefficient, the coefficient in [0, r). */
type LinearForm = readonly (readonly [wire: number, coefficient: bigint])[];

/** A·B = C. */
type Constraint = readonly [LinearForm, LinearForm, LinearForm];

export interface ConstraintSystem {
  readonly wires: number;
  /** Wires 1 … outputs are the main circuit's outputs, the next `inputs` its inputs. */
  readonly outputs: number;
  readonly inputs: number;
  readonly constraints: readonly Constraint[];
}

const HEADER = 1;
const CONSTRAINTS = 2;
const FIELD_BYTES = 32;

function sections(view: DataView): Map<number, number> {
  const starts = new Map<number, number>();
  let at = 12;
  for (let left = view.getUint32(8, true); left > 0; left--) {
    starts.set(view.getUint32(at, true), at + 12);
    at += 12 + Number(view.getBigUint64(at + 4, true));
  }
  return starts;
}

const fieldElement = (view: DataView, at: number): bigint =>
  view.getBigUint64(at, true) |
  (view.getBigUint64(at + 8, true) << 64n) |
  (view.getBigUint64(at + 16, true) << 128n) |
  (view.getBigUint64(at + 24, true) << 192n);

/**
 * Reads iden3's r1cs format, version 1 (https://github.com/iden3/r1csfile/blob/master/doc/r1cs_bin_format.md), of a circuit over BN254.
 */
export async function readConstraintSystem(path: string): Promise<ConstraintSystem> {
  const bytes = await readFile(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = sections(view);
  const header = starts.get(HEADER)!;
  const wires = view.getUint32(header + 4 + FIELD_BYTES, true);
  const count = view.getUint32(header + 4 + FIELD_BYTES + 24, true);
  const outputs = view.getUint32(header + 4 + FIELD_BYTES + 4, true);
  const inputs =
    view.getUint32(header + 4 + FIELD_BYTES + 8, true) + view.getUint32(header + 4 + FIELD_BYTES + 12, true);
  let at = starts.get(CONSTRAINTS)!;
  const form = (): LinearForm => {
    const terms = view.getUint32(at, true);
    at += 4;
    return Array.from({ length: terms }, () => {
      const term = [view.getUint32(at, true), fieldElement(view, at + 4)] as const;
      at += 4 + FIELD_BYTES;
      return term;
    });
  };
  const constraints = Array.from({ length: count }, (): Constraint => [form(), form(), form()]);
  return { wires, outputs, inputs, constraints };
}

function value(form: LinearForm, witness: readonly bigint[]): bigint {
  let sum = 0n;
  for (const [wire, coefficient] of form) sum += coefficient * witness[wire]!;
  return sum % R;
}

const holds = (a: LinearForm, b: LinearForm, c: LinearForm, witness: readonly bigint[]): boolean =>
  (value(a, witness) * value(b, witness) - value(c, witness)) % R === 0n;

/** The numbers of the constraints that a witness breaks. */
export function brokenConstraints(system: ConstraintSystem, witness: readonly bigint[]): number[] {
  if (witness.length !== system.wires) {
    throw new RangeError(`a witness of ${witness.length} wires for a system of ${system.wires}`);
  }
  return system.constraints.flatMap(([a, b, c], i) => (holds(a, b, c, witness) ? [] : [i]));
}

/**
 * The wires that no constraint binds: adding 1 to one of them, and nothing else, breaks nothing. Inputs are not looked at.
 *
 * @param witness one that breaks nothing
 */
export function looseWires(system: ConstraintSystem, witness: readonly bigint[]): number[] {
  const uses = new Map<number, Set<Constraint>>();
  for (const constraint of system.constraints) {
    for (const [wire] of constraint.flat()) {
      if (!uses.has(wire)) uses.set(wire, new Set());
      uses.get(wire)!.add(constraint);
    }
  }
  const edited = [...witness];
  const loose: number[] = [];
  for (let wire = 1; wire < system.wires; wire++) {
    if (wire > system.outputs && wire <= system.outputs + system.inputs) continue;
    edited[wire] = witness[wire]! + 1n;
    const bound = [...(uses.get(wire) ?? [])].some(([a, b, c]) => !holds(a, b, c, edited));
    edited[wire] = witness[wire]!;
    if (!bound) loose.push(wire);
  }
  return loose;
}
