import { createHash } from "node:crypto";
import type { Curve } from "ffjavascript";
import { TributaryError } from "../../core/errors.ts";
import { G1_BYTES, G2_BYTES, readG1, readG2 } from "../../crypto/kzg/curve.ts";
import { openSectionFile } from "../../files/section-file.ts";

/** A beacon that ended a ceremony: a contribution whose secret everybody can compute. */
export interface Beacon {
  /** The public value, in hex. */
  readonly value: string;
  /** It was hashed 2^exponent times with SHA-256. */
  readonly exponent: number;
}

export interface Contribution {
  /** What the contributor calls himself; nothing binds it. */
  readonly name: string;
  /** BLAKE2b-512 of the contribution in hex, as snarkjs prints it and the contributor publishes it. */
  readonly hash: string;
  readonly beacon: Beacon | undefined;
}

/** What a `.zkey` file says of the ceremony behind it. Nothing here was checked but its form. */
export interface Transcript {
  /** BLAKE2b-512 of the circuit's key before the first contribution, in hex. */
  readonly circuitHash: string;
  readonly contributions: readonly Contribution[];
}

const SECTION = 10;
const HASH_BYTES = 64;
const PARAM = { name: 1, exponent: 2, beacon: 3 } as const;
const MAX_SECTION_BYTES = 2 ** 24;

/** Reads forward; a file that ends too early throws a RangeError. */
function reader(bytes: Buffer) {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError("the contributions are cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    take,
    u32: () => take(4).readUInt32LE(),
    u8: () => take(1)[0]!,
    ended: () => at === bytes.length,
  };
}

const word = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, "0"), "hex");

/** Big-endian coordinates, of G2 the second part first: what snarkjs hashes. */
const g1Text = (curve: Curve, bytes: Uint8Array): Buffer => {
  const { x, y } = readG1(curve, bytes);
  return Buffer.concat([word(x), word(y)]);
};

const g2Text = (curve: Curve, bytes: Uint8Array): Buffer => {
  const { x, y } = readG2(curve, bytes);
  return Buffer.concat([x[1], x[0], y[1], y[0]].map(word));
};

/** Name, exponent and beacon are optional, each at most once and in this order. */
function readParameters(bytes: Buffer): { name: string; exponent?: number; value?: string } {
  const from = reader(bytes);
  const found: { name: string; exponent?: number; value?: string } = { name: "" };
  for (let last = 0; !from.ended(); ) {
    const kind = from.u8();
    if (kind <= last) throw new RangeError("a contribution's parameters are out of order");
    last = kind;
    if (kind === PARAM.name) found.name = from.take(from.u8()).toString("utf8");
    else if (kind === PARAM.exponent) found.exponent = from.u8();
    else if (kind === PARAM.beacon) found.value = from.take(from.u8()).toString("hex");
    else throw new RangeError(`unknown parameter ${kind} of a contribution`);
  }
  return found;
}

function readContribution(curve: Curve, from: ReturnType<typeof reader>): Contribution {
  const g1 = [0, 1, 2].map(() => g1Text(curve, from.take(G1_BYTES)));
  const g2 = g2Text(curve, from.take(G2_BYTES));
  const transcript = from.take(HASH_BYTES);
  const hash = createHash("blake2b512");
  for (const part of [...g1, g2, transcript]) hash.update(part);
  const kind = from.u32();
  if (kind > 1) throw new RangeError(`a contribution of unknown kind ${kind}`);
  const { name, exponent, value } = readParameters(from.take(from.u32()));
  if ((kind === 1) !== (exponent !== undefined && value !== undefined)) {
    throw new RangeError("a beacon without its value, or a value without a beacon");
  }
  const beacon = kind === 1 ? { value: value!, exponent: exponent! } : undefined;
  return { name, hash: hash.digest("hex"), beacon };
}

/**
 * Reads the contributions in a `.zkey` file.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT; TRB_PROOF_CEREMONY_FORM for a list that is malformed
 */
export async function readTranscript(curve: Curve, path: string): Promise<Transcript> {
  const file = await openSectionFile(path, "zkey");
  try {
    if (file.size(SECTION) > MAX_SECTION_BYTES)
      throw new RangeError(`${file.size(SECTION)} bytes of contributions`);
    const from = reader(await file.read(SECTION));
    const circuitHash = from.take(HASH_BYTES).toString("hex");
    const count = from.u32();
    const contributions: Contribution[] = [];
    for (let i = 0; i < count; i++) contributions.push(readContribution(curve, from));
    if (!from.ended()) throw new RangeError("bytes after the last contribution");
    return { circuitHash, contributions };
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    throw new TributaryError(
      "TRB_PROOF_CEREMONY_FORM",
      "the list of contributions in this key is malformed",
      {
        cause,
        details: `${path}: ${(cause as Error).message}`,
        hint: "The file was cut off or changed: get it again from whoever published it.",
      },
    );
  } finally {
    await file.close();
  }
}
