import { rmSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson, SECRET, SECRET_FOLDER, writeJson } from "../../files/disk.ts";
import type { Entry, OutboxStore, Scope } from "./types.ts";

/** Takes a folder for one process; the caller's own locks do. */
export type LockFolder = (folder: string) => Promise<() => void>;

const hex = z
  .string()
  .regex(/^0x[0-9a-f]*$/i)
  .transform((text) => text as `0x${string}`);
const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((text) => text as `0x${string}`);
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => text as `0x${string}`);
const unsigned = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform(BigInt);

const entrySchema = z.strictObject({
  id: z.string(),
  purpose: z.string().optional(),
  nonce: z.int().nonnegative(),
  call: z.strictObject({ to: address.optional(), data: hex.optional(), value: unsigned.optional() }),
  gas: unsigned.optional(),
  block: unsigned,
  attempts: z.array(
    z.strictObject({
      hash,
      raw: hex.optional(),
      fees: z
        .union([
          z.strictObject({ maxFeePerGas: unsigned, maxPriorityFeePerGas: unsigned }),
          z.strictObject({ gasPrice: unsigned }),
        ])
        .optional(),
    }),
  ),
  done: hash.optional(),
});

const FILE = /^[0-9a-f]{64}\.json$/;

/**
 * A store in a folder: CHAIN-GENESIS-ACCOUNT/ID.json. Each file is written whole, is on the disk before its transaction is sent,
 * and is readable by its owner only: it holds no key, but whoever has the bytes can send them.
 */
export function fileStore(folder: string, lock: LockFolder): OutboxStore {
  const folderOf = ({ chainId, genesis, account }: Scope): string =>
    join(folder, `${chainId}-${genesis.slice(2, 18)}-${account.slice(2).toLowerCase()}`);
  const pathOf = (scope: Scope, id: string): string => join(folderOf(scope), `${id}.json`);
  return {
    async exclusively(scope, work) {
      await mkdir(folderOf(scope), { recursive: true, mode: SECRET_FOLDER });
      const release = await lock(folderOf(scope));
      try {
        return await work();
      } finally {
        release();
      }
    },
    async list(scope) {
      const names = await readdir(folderOf(scope)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      return names
        .filter((name) => FILE.test(name))
        .map((name): Entry => readJson(join(folderOf(scope), name), entrySchema));
    },
    put: async (scope, entry) => writeJson(pathOf(scope, entry.id), entry, SECRET),
    // A removal that a crash takes back costs a question to the chain, nothing else.
    remove: async (scope, id) => rmSync(pathOf(scope, id), { force: true }),
  };
}
