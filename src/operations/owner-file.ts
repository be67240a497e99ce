import { isAddress } from "viem";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { readJson } from "../files/disk.ts";

/** Entries, and not a record: a contributor may be called __proto__ or constructor. */
const ownersSchema = z
  .custom<object>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "an object",
  )
  .transform((value, context) => {
    const owners = new Map<string, Hex>();
    for (const [key, owner] of Object.entries(value)) {
      const name = key.normalize("NFC").trim();
      // A spelling with capitals is a checksum, and has to be right.
      if (typeof owner !== "string" || !isAddress(owner))
        context.addIssue(`${JSON.stringify(name)} has no address`);
      else if (owners.has(name)) context.addIssue(`${JSON.stringify(name)} is there twice`);
      else owners.set(name, owner.toLowerCase() as Hex);
    }
    return owners;
  });

/**
 * Owners of positions 0, 1, …, from a file that is a JSON object of names and addresses.
 *
 * @param contributors their names, by position
 * @throws TRB_FILE_MALFORMED, TRB_CLI_OWNER_UNKNOWN
 */
export function readOwners(file: string | undefined, contributors: readonly string[]): Hex[] {
  const owners = file === undefined ? new Map<string, Hex>() : readJson(file, ownersSchema);
  return contributors.map((name) => {
    const owner = owners.get(name);
    if (owner !== undefined) return owner;
    throw new TributaryError("TRB_CLI_OWNER_UNKNOWN", "It is not known to whom a position belongs.", {
      details: name,
      hint: 'Give --owners FILE: a JSON object of every contributor\'s name and address, { "name": "0x…" }.',
    });
  });
}
