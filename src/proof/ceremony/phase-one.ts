import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { TributaryError } from "../../core/errors.ts";
import { P } from "../../crypto/field.ts";
import { G1_BYTES, G2_BYTES } from "../../crypto/kzg/curve.ts";
import { streamRegular } from "../../files/bounded.ts";
import { openSectionFile, type SectionFile } from "../../files/section-file.ts";
import { POWERS_OF_TAU } from "../../params/powers-of-tau.ts";

/** What a phase-1 file must hold. */
export interface PhaseOneNeed {
  /** log2 of the circuit's domain. */
  readonly power: number;
  /** Powers of τ in G1 that the tier's index needs: C·w. */
  readonly coefficients: number;
}

/** A phase-1 file that was looked at. */
export interface PhaseOne {
  /** The file is for domains up to 2^power. */
  readonly power: number;
  /** BLAKE2b-512, in hex. */
  readonly blake2b: string;
  /** Whether it is one of the files that Hermez published. */
  readonly published: boolean;
}

/** Sections of a `.ptau` file by number, with their points for a power. */
const POWERS: readonly (readonly [number, (n: number) => number])[] = [
  [2, (n) => (2 * n - 1) * G1_BYTES],
  [3, (n) => n * G2_BYTES],
  [4, (n) => n * G1_BYTES],
  [5, (n) => n * G1_BYTES],
  [6, () => G2_BYTES],
];
/** The Lagrange forms at every domain from 1 up, which `powersoftau prepare phase2` adds. */
const LAGRANGE: readonly (readonly [number, (n: number) => number])[] = [
  [12, (n) => (4 * n - 1) * G1_BYTES],
  [13, (n) => (2 * n - 1) * G2_BYTES],
  [14, (n) => (2 * n - 1) * G1_BYTES],
  [15, (n) => (2 * n - 1) * G1_BYTES],
];

async function blake2b512(path: string): Promise<string> {
  const hash = createHash("blake2b512");
  await pipeline(streamRegular(path, 2 ** 20), hash);
  return hash.digest("hex");
}

async function readPower(file: SectionFile): Promise<number> {
  const header = await file.read(1);
  const prime = header.length === 44 ? Buffer.from(header.subarray(4, 36)).reverse().toString("hex") : "0";
  if (BigInt(`0x${prime}`) !== P) throw corrupt(file.path, "it is not for the curve BN254");
  return header.readUInt32LE(36);
}

const corrupt = (path: string, why: string): TributaryError =>
  new TributaryError("TRB_PROOF_PTAU_CORRUPT", "this powers-of-tau file is not whole", {
    details: `${path}: ${why}`,
    hint: "Fetch it again with: tributary keys fetch",
  });

function checkSizes(file: SectionFile, power: number): void {
  if (!LAGRANGE.every(([section]) => file.has(section))) {
    throw new TributaryError(
      "TRB_PROOF_PTAU_UNPREPARED",
      "this powers-of-tau file is not prepared for phase 2",
      {
        details: file.path,
        hint: "Take a published file whose name says final, or run: snarkjs powersoftau prepare phase2",
      },
    );
  }
  for (const [section, bytes] of [...POWERS, ...LAGRANGE]) {
    if (file.has(section) && file.size(section) === bytes(2 ** power)) continue;
    throw corrupt(file.path, `section ${section} has not the size of power ${power}`);
  }
}

/**
 * Looks at a phase-1 file: whether it is whole, prepared for phase 2, and large enough.
 *
 * Whether its points are powers of one τ that nobody knows is what its digest is for: snarkjs's `powersoftau verify`
 * checks it, in hours, and the published files were checked by many.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_PROOF_PTAU_CORRUPT, TRB_PROOF_PTAU_SMALL, TRB_PROOF_PTAU_UNPREPARED
 */
export async function readPhaseOne(path: string, need: PhaseOneNeed): Promise<PhaseOne> {
  const file = await openSectionFile(path, "ptau");
  let power: number;
  try {
    power = await readPower(file);
    if (power < need.power || 2 ** (power + 1) - 1 < need.coefficients) {
      throw new TributaryError("TRB_PROOF_PTAU_SMALL", "this powers-of-tau file is too small for the tier", {
        details: `${path}: 2^${power}; the circuit's domain is 2^${need.power}, the index has ${need.coefficients} coefficients`,
        hint: "tributary keys fetch --help says which file a tier needs.",
      });
    }
    checkSizes(file, power);
  } finally {
    await file.close();
  }
  const blake2b = await blake2b512(path);
  return { power, blake2b, published: Object.values(POWERS_OF_TAU).some((one) => one.blake2b === blake2b) };
}

/**
 * A ceremony's phase 2 is worth what its phase 1 is: so only a published file is taken, or one whose digest the user says.
 *
 * @param expected BLAKE2b-512 in hex of a file that was not published by Hermez
 * @throws TRB_PROOF_PTAU_UNPUBLISHED, TRB_PROOF_PTAU_DIGEST
 */
export function requireKnown({ blake2b, published }: PhaseOne, expected: string | undefined): void {
  if (expected === undefined && !published) {
    throw new TributaryError(
      "TRB_PROOF_PTAU_UNPUBLISHED",
      "this powers-of-tau file is none of the published ones: whoever made it may know its secret",
      {
        details: `BLAKE2b-512 ${blake2b}`,
        hint: "Fetch one with: tributary keys fetch. If you trust another ceremony, say its file's digest with --ptau-digest.",
      },
    );
  }
  if (expected !== undefined && expected.toLowerCase() !== blake2b) {
    throw new TributaryError(
      "TRB_PROOF_PTAU_DIGEST",
      "this powers-of-tau file has not the digest that was said",
      {
        details: `BLAKE2b-512 ${blake2b}, expected ${expected}`,
        hint: "Fetch the file again, or check the digest.",
      },
    );
  }
}
