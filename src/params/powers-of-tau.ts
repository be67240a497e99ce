import type { TierName } from "./tiers.ts";

/** A phase-1 file of the Perpetual Powers of Tau as Hermez published it: 54 contributions and a beacon, prepared for phase 2. */
export interface PowersOfTauFile {
  /** The largest circuit's domain is 2^power. */
  readonly power: number;
  readonly name: string;
  /** BLAKE2b-512 of the file in hex, as the table in snarkjs's README has it. */
  readonly blake2b: string;
}

/** Where snarkjs's README says that the files are. The digest is what is believed, not the host. */
export const POWERS_OF_TAU_HOST = "https://storage.googleapis.com/zkevm/ptau/";

/**
 * The smallest published file of each tier: its domain must hold the circuit's constraints and public wires, and the
 * powers of τ, twice the domain less one, the index's C·w coefficients. All are of one τ, as verifiers of one deployment
 * must be; a larger file serves a smaller tier, too.
 */
export const POWERS_OF_TAU: Readonly<Record<TierName, PowersOfTauFile>> = {
  mini: {
    power: 14,
    name: "powersOfTau28_hez_final_14.ptau",
    blake2b:
      "eeefbcf7c3803b523c94112023c7ff89558f9b8e0cf5d6cdcba3ade60f168af4a181c9c21774b94fbae6c90411995f7d854d02ebd93fb66043dbb06f17a831c1",
  },
  small: {
    power: 17,
    name: "powersOfTau28_hez_final_17.ptau",
    blake2b:
      "6247a3433948b35fbfae414fa5a9355bfb45f56efa7ab4929e669264a0258976741dfbe3288bfb49828e5df02c2e633df38d2245e30162ae7e3bcca5b8b49345",
  },
  large: {
    power: 21,
    name: "powersOfTau28_hez_final_21.ptau",
    blake2b:
      "9aef0573cef4ded9c4a75f148709056bf989f80dad96876aadeb6f1c6d062391f07a394a9e756d16f7eb233198d5b69407cca44594c763ab4a5b67ae73254678",
  },
};

/**
 * Bytes of a prepared file: powers of τ in G1 (2·2^power) and G2, of α and β in G1, and the same again twice as Lagrange
 * levels (τ in G1 one level more).
 */
export const powersOfTauBytes = (power: number): number =>
  2 ** power * (64 * (2 + 1 + 1 + 4 + 2 + 2) + 128 * (1 + 2));
