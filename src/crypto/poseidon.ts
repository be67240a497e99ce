import { buildPoseidon } from "circomlibjs";
import { TributaryError } from "../core/errors.ts";
import { HASH_RATE, HASH_TAG_SHIFT } from "../params/tags.ts";
import { R } from "./field.ts";

/**
 * H_tag(x_1 … x_n) of docs/encodings.md, "Poseidon chain".
 *
 * @param tag one of HASH_TAG
 * @param inputs at least one field element, each in [0, R)
 * @throws TRB_CORE_RANGE for an input that is not a field element, or none at all
 */
export type HashChain = (tag: bigint, inputs: readonly bigint[]) => bigint;

/**
 * Builds the wasm Poseidon (about half a second) and returns the chain over it.
 *
 * The length and the tag are in the first capacity, so that the zeros of the last block cannot
 * be taken for inputs and one tag's hash cannot be taken for another's.
 */
export async function loadHashChain(): Promise<HashChain> {
  const poseidon = await buildPoseidon();
  return (tag, inputs) => {
    if (inputs.length === 0) throw new TributaryError("TRB_CORE_RANGE", "a hash chain of no inputs");
    let state = poseidon.F.e((tag << HASH_TAG_SHIFT) + BigInt(inputs.length));
    for (let start = 0; start < inputs.length; start += HASH_RATE) {
      const block = inputs.slice(start, start + HASH_RATE);
      for (const value of block) {
        if (value < 0n || value >= R) {
          throw new TributaryError("TRB_CORE_RANGE", "a hash input is not a field element", {
            details: value.toString(),
          });
        }
      }
      while (block.length < HASH_RATE) block.push(0n);
      state = poseidon(block, state);
    }
    return poseidon.F.toObject(state);
  };
}
