import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { link, open, unlink } from "node:fs/promises";
import { Keystore } from "ox";
import type { Hex, LocalAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { TributaryError } from "../core/errors.ts";
import { deriveKey, type KeystoreFile, readKeystore, secretOf } from "./keystore-file.ts";

/** Read and written by the owner only. */
const FILE_MODE = 0o600;
const OTHERS = 0o077;

/** geth's standard cost: 256 MiB and about a second. With ox's own r = 1 and p = 8 OpenSSL refuses the N, and JavaScript takes twice as long. */
const SCRYPT = { n: 2 ** 18, r: 8, p: 1 };

export interface KeystoreOptions {
  /** scrypt's N, a power of two. Tests take less than the standard. */
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
  const cost = { ...SCRYPT, n: options.scryptN ?? SCRYPT.n };
  const [key, derivation] = await Keystore.scryptAsync({ password, iv, ...cost });
  const keystore = Keystore.encrypt(privateKey, key, derivation);
  const text = JSON.stringify({ address: account.address.slice(2).toLowerCase(), ...keystore });
  await writeNew(path, `${text}\n`);
  return account;
}

/**
 * Decrypts a key file into an account that signs: one of `createKeystore`, or of another tool that writes Web3 Secret Storage.
 *
 * @throws TRB_SETTLEMENT_KEYSTORE_READ, _MODE (others can read it), _FORMAT, _COST, _PASSWORD, _ADDRESS (it is another account's key)
 */
export async function openKeystore(path: string, password: string): Promise<LocalAccount> {
  requireOwnerOnly(path);
  const file = readKeystore(path);
  // ethers brings a password into NFKC, geth and others leave it as it was typed.
  const forms = new Set([password, password.normalize("NFKC")]);
  for (const form of forms) {
    const privateKey = decrypt(file, await deriveKey(file, form, path));
    if (privateKey !== undefined) return accountOf(privateKey, file, path);
  }
  // The cause is left out: it was made from the password.
  throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_PASSWORD", "The password does not open this keystore.", {
    details: path,
    hint: "Check the environment variable or the input that the password comes from.",
  });
}

/** Undefined where the key is not the one that the secret was encrypted with. */
function decrypt(file: KeystoreFile, key: Hex): Hex | undefined {
  try {
    return Keystore.decrypt(secretOf(file), key);
  } catch {
    return undefined;
  }
}

/** The address of a file is not protected by its password: somebody may have changed whom it speaks of. */
function accountOf(privateKey: Hex, { address }: KeystoreFile, path: string): LocalAccount {
  const account = privateKeyToAccount(privateKey);
  if (address === null || address === account.address) return account;
  throw new TributaryError(
    "TRB_SETTLEMENT_KEYSTORE_ADDRESS",
    "The keystore holds the key of another account.",
    {
      details: `${path}: it says ${address}, the key is that of ${account.address}`,
      hint: "Correct the address in the file if you know the account.",
    },
  );
}

function requireOwnerOnly(path: string): void {
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) === 0) return;
  throw new TributaryError("TRB_SETTLEMENT_KEYSTORE_MODE", "Other users can read this keystore.", {
    details: path,
    hint: `Run: chmod 600 ${path}`,
  });
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
