import { TributaryError } from "../../core/errors.ts";
import { R } from "../../crypto/field.ts";
import { openSectionFile } from "../../files/section-file.ts";
import { type RowChunk, rowChunks } from "./r1cs-rows.ts";

/** A rank-1 constraint system as circom writes it. */
export interface R1cs {
  /** Wires, the constant 1 (wire 0) included. */
  readonly wires: number;
  /** Public signals, wires 1 … publics. */
  readonly publics: number;
  readonly constraints: number;
  /** Three linear combinations for each constraint: count (u32), then count × (wire u32, coefficient 32 bytes little-endian). */
  readonly terms: Buffer;
  /** The constraints in parts of some megabytes. */
  readonly chunks: readonly RowChunk[];
}

const HEADER = 1;
const HEADER_BYTES = 64;
const CONSTRAINTS = 2;
const LABELS = 3;
const LABEL_BYTES = 8;

const corrupt = (path: string, details: string): TributaryError =>
  new TributaryError("TRB_FILE_CORRUPT", "this is not a whole r1cs file", {
    details: `${path}: ${details}`,
    hint: "Delete it and run `make setup`.",
  });

/**
 * Reads a `.r1cs` file whole.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_PROOF_R1CS for another field
 */
export async function readR1cs(path: string): Promise<R1cs> {
  const file = await openSectionFile(path, "r1cs");
  try {
    const header = await file.read(HEADER);
    if (header.length < HEADER_BYTES) throw corrupt(path, "its header is too short");
    const prime = BigInt(`0x${Buffer.from(header.subarray(4, 36)).reverse().toString("hex")}`);
    if (header.readUInt32LE(0) !== 32 || prime !== R) {
      throw new TributaryError("TRB_PROOF_R1CS", "this circuit was not compiled for BN254", {
        details: path,
      });
    }
    const wires = header.readUInt32LE(36);
    const publics = header.readUInt32LE(40) + header.readUInt32LE(44);
    const constraints = header.readUInt32LE(60);
    if (publics >= wires || file.size(LABELS) !== wires * LABEL_BYTES) {
      throw corrupt(path, `${wires} wires, ${publics} of them public, ${file.size(LABELS)} bytes of labels`);
    }
    const terms = await file.read(CONSTRAINTS);
    const chunks = rowChunks(terms, constraints, wires);
    if (typeof chunks === "string") throw corrupt(path, chunks);
    return { wires, publics, constraints, terms, chunks };
  } finally {
    await file.close();
  }
}
