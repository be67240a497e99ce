import { TributaryError } from "../core/errors.ts";
import { R } from "../crypto/field.ts";
import { scalarBytes } from "../crypto/kzg/commit.ts";
import type { SignalValues } from "./backend.ts";
import { type NativeAddon, type NativeOptions, runNative } from "./native-addon.ts";

/** Every value of the input in the order in which its names and their arrays are written, reduced. */
function flatten(input: SignalValues): bigint[] {
  const values: bigint[] = [];
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) {
      for (const part of value) add(name, part);
    } else if (typeof value === "bigint") {
      const reduced = value % R;
      values.push(reduced < 0n ? reduced + R : reduced);
    } else {
      throw new TributaryError(
        "TRB_PROOF_WITNESS_INPUT",
        "a circuit's input is a bigint, or arrays of them",
        {
          details: `${name}: ${typeof value}`,
        },
      );
    }
  };
  for (const [name, value] of Object.entries(input)) add(name, value);
  return values;
}

/**
 * A circuit's witness from its constraint file, without its WebAssembly: docs/decisions/010-witness.md.
 *
 * @param r1csPath circom's constraint file of the circuit
 * @param input its names in the order in which the circuit declares its inputs, public ones first: they are not looked up
 * @returns the witness in circom's `.wtns` format
 * @throws TRB_PROOF_WITNESS where the input satisfies no witness; TRB_PROOF_WITNESS_INPUT for an input of another shape;
 * TRB_PROOF_WITNESS_HINT for a circuit with hints of an unknown kind; TRB_PROOF_CANCELLED, TRB_FILE_*, TRB_PROOF_R1CS
 */
export async function nativeWitness(
  addon: NativeAddon,
  r1csPath: string,
  input: SignalValues,
  options: NativeOptions = {},
): Promise<Uint8Array> {
  const inputs = scalarBytes(flatten(input));
  return runNative(addon, options, (reporter) => addon.solveWitness(r1csPath, inputs, reporter));
}
