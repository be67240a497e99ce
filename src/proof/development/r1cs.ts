import { TributaryError } from "../../core/errors.ts";
import { R } from "../../core/field.ts";
import { openSectionFile } from "../../core/section-file.ts";

/** A rank-1 constraint system as circom writes it. */
export interface R1cs {
  /** Wires, the constant 1 (wire 0) included. */
  readonly wires: number;
  /** Public signals, wires 1 … publics. */
  readonly publics: number;
  readonly constraints: number;
  /** Three linear combinations for each constraint: count (u32), then count × (wire u32, coefficient 32 bytes little-endian). */
  readonly terms: Buffer;
}

const HEADER = 1;
const CONSTRAINTS = 2;
/** Bytes of a term of a linear combination. */
export const TERM_BYTES = 36;

/**
 * Reads a `.r1cs` file whole.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_PROOF_R1CS for another field
 */
export async function readR1cs(path: string): Promise<R1cs> {
  const file = await openSectionFile(path, "r1cs");
  try {
    const header = await file.read(HEADER);
    const prime = BigInt(`0x${Buffer.from(header.subarray(4, 36)).reverse().toString("hex")}`);
    if (header.readUInt32LE(0) !== 32 || prime !== R) {
      throw new TributaryError("TRB_PROOF_R1CS", "this circuit was not compiled for BN254", {
        details: path,
      });
    }
    return {
      wires: header.readUInt32LE(36),
      publics: header.readUInt32LE(40) + header.readUInt32LE(44),
      constraints: header.readUInt32LE(60),
      terms: await file.read(CONSTRAINTS),
    };
  } finally {
    await file.close();
  }
}
