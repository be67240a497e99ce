import { pbkdf2, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import type { Keystore } from "ox";
import { getAddress, type Hex } from "viem";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { readBounded } from "../files/bounded.ts";

/** A keystore is under a kilobyte. */
const MAX_KEYSTORE_BYTES = 2 ** 16;

/**
 * What a derivation may cost. geth and MetaMask write scrypt with N·r·p = 2^20 or 2^21 in 256 MiB, which takes about a second, and
 * eth-account a million rounds of PBKDF2; a file that was made to keep its reader busy asks for hours and gigabytes.
 */
const MAX_SCRYPT_BYTES = 2 ** 29;
const MAX_SCRYPT_WORK = 2 ** 24;
const MAX_PBKDF2_ROUNDS = 10_000_000;

/** Bytes in hex, with or without 0x: tools differ. */
const hex = (least: number, most = least) =>
  z
    .string()
    .transform((text) => text.replace(/^0x/i, "").toLowerCase())
    .pipe(
      z
        .string()
        .regex(/^([0-9a-f]{2})*$/)
        .min(2 * least)
        .max(2 * most),
    );

const count = z.int().min(1);
const dklen = z.int().min(32).max(128);
const salt = hex(0, 1024);

const cipherSchema = z.object({
  cipher: z.literal("aes-128-ctr"),
  ciphertext: hex(32),
  cipherparams: z.object({ iv: hex(16) }),
  mac: hex(32),
});

const derivationSchema = z.discriminatedUnion("kdf", [
  z.object({
    kdf: z.literal("scrypt"),
    kdfparams: z.object({ dklen, salt, n: count, r: count.max(64), p: count.max(64) }),
  }),
  z.object({
    kdf: z.literal("pbkdf2"),
    kdfparams: z.object({ dklen, salt, c: count, prf: z.literal("hmac-sha256") }),
  }),
]);

/** Web3 Secret Storage, version 3, as geth, MetaMask, ethers, eth-account and others write it. */
const fileSchema = z
  .object({
    version: z.literal([3, "3"]),
    address: hex(20).nullish(),
    crypto: cipherSchema.and(derivationSchema).optional(),
    // ethers 6 and old geth.
    Crypto: cipherSchema.and(derivationSchema).optional(),
  })
  .transform(({ address, crypto, Crypto }, context) => {
    const secret = crypto ?? Crypto;
    if (secret !== undefined) return { secret, address: address ? getAddress(`0x${address}`) : null };
    context.addIssue("no crypto");
    return z.NEVER;
  });

/** A keystore as its file has it. */
export interface KeystoreFile {
  /** Whose key it says it is; null where it does not say. */
  readonly address: Hex | null;
  readonly secret: z.infer<typeof cipherSchema> & z.infer<typeof derivationSchema>;
}

/** @throws TRB_SETTLEMENT_KEYSTORE_READ, _FORMAT, TRB_FILE_NOT_A_FILE, TRB_FILE_TOO_LARGE */
export function readKeystore(path: string): KeystoreFile {
  let text: string;
  try {
    text = readBounded(path, MAX_KEYSTORE_BYTES).toString("utf8");
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_READ", "The keystore cannot be read.", {
      details: path,
      hint: "Give the path of a keystore file (Web3 Secret Storage, version 3).",
      cause,
    });
  }
  try {
    return fileSchema.parse(parseJson(text));
  } catch {
    // The cause is left out: it may quote what a file holds that is no keystore.
    throw new TributaryError(
      "TRB_SETTLEMENT_KEYSTORE_FORMAT",
      "This file is not a keystore that can be opened.",
      {
        details: path,
        hint: "A keystore is JSON, version 3, with scrypt or pbkdf2 (hmac-sha256) and aes-128-ctr.",
      },
    );
  }
}

function requireCost({ secret }: KeystoreFile, path: string): void {
  const { kdf, kdfparams } = secret;
  const fits =
    kdf === "pbkdf2"
      ? kdfparams.c <= MAX_PBKDF2_ROUNDS
      : 128 * kdfparams.n * kdfparams.r <= MAX_SCRYPT_BYTES &&
        kdfparams.n * kdfparams.r * kdfparams.p <= MAX_SCRYPT_WORK;
  if (fits) return;
  const { salt: _, ...parameters } = kdfparams;
  throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_COST", "Opening this keystore would take too long.", {
    details: `${path}: ${kdf} ${JSON.stringify(parameters)}`,
    hint: "Check where it comes from. Its own tool can write it again with usual parameters.",
  });
}

const derive = {
  scrypt: promisify<string, Buffer, number, object, Buffer>(scrypt),
  pbkdf2: promisify(pbkdf2),
};

/**
 * The key that a keystore's secret is encrypted with, 32 bytes.
 *
 * @param path for errors
 * @throws TRB_SETTLEMENT_KEYSTORE_COST, _FORMAT
 */
export async function deriveKey(file: KeystoreFile, password: string, path: string): Promise<Hex> {
  requireCost(file, path);
  const { kdf, kdfparams } = file.secret;
  const bytes = Buffer.from(kdfparams.salt, "hex");
  let key: Buffer;
  if (kdf === "pbkdf2") {
    key = await derive.pbkdf2(password, bytes, kdfparams.c, kdfparams.dklen, "sha256");
  } else {
    const { n, r, p } = kdfparams;
    const options = { N: n, r, p, maxmem: 2 * MAX_SCRYPT_BYTES };
    const { dklen } = kdfparams;
    // OpenSSL refuses n from 2^(16·r) on, which keystores by ox, and so our older ones, have.
    const portable = async (): Promise<Buffer> =>
      Buffer.from(await scryptAsync(password, bytes, { ...options, dkLen: dklen }));
    key = await derive
      .scrypt(password, bytes, dklen, options)
      .catch(portable)
      .catch(() => {
        throw new TributaryError(
          "TRB_SETTLEMENT_KEYSTORE_FORMAT",
          "The keystore's scrypt has impossible parameters.",
          {
            details: `${path}: n ${n}, r ${r}, p ${p}`,
            hint: "n is a power of two.",
          },
        );
      });
  }
  return `0x${key.subarray(0, 32).toString("hex")}`;
}

/** The secret in the form of the library that decrypts it; of the derivation it uses nothing. */
export const secretOf = ({ secret }: KeystoreFile): Keystore.Keystore =>
  ({ crypto: secret, id: "", version: 3 }) as Keystore.Keystore;
