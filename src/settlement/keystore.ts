import { randomBytes } from "node:crypto";
import { link, open, stat, unlink } from "node:fs/promises";
import { Keystore } from "ox";
import type { Hex, LocalAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { readBounded } from "../files/bounded.ts";

/** Read and written by the owner only. */
const FILE_MODE = 0o600;
const OTHERS = 0o077;

const hex = z.string().regex(/^[0-9a-f]+$/i);
const fileSchema = z.object({
  address: hex.length(40),
  id: z.string(),
  version: z.literal(3),
  crypto: z.object({
    cipher: z.literal("aes-128-ctr"),
    ciphertext: hex.length(64),
    cipherparams: z.object({ iv: hex.length(32) }),
    mac: hex.length(64),
    kdf: z.literal("scrypt"),
    kdfparams: z.object({
      dklen: z.literal(32),
      n: z
        .int()
        .min(2)
        .max(2 ** 20),
      r: z.int().min(1).max(16),
      p: z.int().min(1).max(16),
      salt: hex,
    }),
  }),
});

/** What the derivation of the encryption key costs; scrypt's N, a power of two. */
export interface KeystoreOptions {
  /** 2^18 where not given: about a second. Tests take less. */
  readonly scryptN?: number;
  /** The private key to keep, 32 bytes; a fresh one where not given. */
  readonly privateKey?: Hex;
}

/**
 * Writes a new encrypted key file (Web3 Secret Storage, version 3, scrypt and AES-128-CTR), mode 0600, whole or
 * not at all, and never over another file.
 *
 * @throws TRB_SETTLEMENT_KEYSTORE_EXISTS, TRB_SETTLEMENT_PASSWORD_EMPTY
 */
export async function createKeystore(
  path: string,
  password: string,
  options: KeystoreOptions = {},
): Promise<LocalAccount> {
  if (password === "") {
    throw new TributaryError("TRB_SETTLEMENT_PASSWORD_EMPTY", "The password of a keystore cannot be empty.");
  }
  const privateKey = options.privateKey ?? generatePrivateKey();
  const account = privateKeyToAccount(privateKey);
  const iv = Uint8Array.from(randomBytes(16));
  const [key, derivation] = await Keystore.scryptAsync({ password, iv, n: options.scryptN ?? 2 ** 18 });
  const keystore = Keystore.encrypt(privateKey, key, derivation);
  const text = JSON.stringify({ address: account.address.slice(2).toLowerCase(), ...keystore });
  await writeNew(path, `${text}\n`);
  return account;
}

/**
 * Decrypts a key file into an account that signs.
 *
 * @throws TRB_SETTLEMENT_KEYSTORE_READ, _MODE (others can read it), _FORMAT, _PASSWORD
 */
export async function openKeystore(path: string, password: string): Promise<LocalAccount> {
  const file = parseKeystore(await readKeystore(path), path);
  const key = await Keystore.toKeyAsync(file, { password });
  let privateKey: Hex;
  try {
    privateKey = Keystore.decrypt(file, key);
  } catch {
    // The cause is left out: it was made from the password.
    throw new TributaryError(
      "TRB_SETTLEMENT_KEYSTORE_PASSWORD",
      "The password does not open this keystore.",
      {
        details: path,
        hint: "Check the environment variable or the input that the password comes from.",
      },
    );
  }
  return privateKeyToAccount(privateKey);
}

/** A keystore is under a kilobyte. */
const MAX_KEYSTORE_BYTES = 2 ** 16;

async function readKeystore(path: string): Promise<string> {
  try {
    if ((await stat(path)).mode & OTHERS) {
      throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_MODE", "Other users can read this keystore.", {
        details: path,
        hint: `Run: chmod 600 ${path}`,
      });
    }
    return readBounded(path, MAX_KEYSTORE_BYTES).toString("utf8");
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_READ", "The keystore cannot be read.", {
      details: path,
      hint: "Give the path of a keystore file (Web3 Secret Storage, version 3).",
      cause,
    });
  }
}

function parseKeystore(text: string, path: string): Keystore.Keystore {
  try {
    return fileSchema.parse(parseJson(text));
  } catch {
    throw new TributaryError(
      "TRB_SETTLEMENT_KEYSTORE_FORMAT",
      "This file is not a keystore that can be opened.",
      {
        details: path,
        hint: "A keystore is JSON, version 3, with scrypt and aes-128-ctr.",
      },
    );
  }
}

/** A file that is complete when it appears, and that replaces nothing: written beside, then linked into place. */
async function writeNew(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  const handle = await open(temporary, "wx", FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_EXISTS", "A file of this name is there already.", {
      details: path,
      hint: "Choose another name: a keystore is never overwritten.",
    });
  } finally {
    await handle.close();
    await unlink(temporary);
  }
}
