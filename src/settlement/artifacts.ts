import { readFile } from "node:fs/promises";
import type { Abi, Hex } from "viem";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";

/** A compiled contract, as Hardhat writes it. */
export interface ContractArtifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** Where each contract's source lies under contracts/. */
export const CONTRACT_SOURCES = {
  OpenToken: "token",
  DataNetRegistry: "datanet",
  ModelRegistry: "model",
  AttributionVerifier: "verification",
  VerifierRouter: "verification",
  Settlement: "settlement",
  Treasury: "treasury",
  DataNetReserve: "rewards",
} as const;

export type ContractName = keyof typeof CONTRACT_SOURCES;

const schema = z.object({
  abi: z.array(z.unknown()).transform((abi) => abi as unknown as Abi),
  // The link references of a library that was not linked are not hex: deploying such code must fail here.
  bytecode: z
    .string()
    .regex(/^0x([0-9a-f]{2})+$/i)
    .transform((text) => text as Hex),
});

/**
 * Reads one compiled contract.
 *
 * @param folder Hardhat's artifacts, artifacts/hardhat/ in this repository; ends in a slash
 * @throws TRB_SETTLEMENT_ARTIFACT
 */
export async function readContractArtifact(folder: URL, name: ContractName): Promise<ContractArtifact> {
  const path = new URL(`contracts/${CONTRACT_SOURCES[name]}/${name}.sol/${name}.json`, folder);
  try {
    return schema.parse(parseJson(await readFile(path, "utf8")));
  } catch (cause) {
    throw new TributaryError("TRB_SETTLEMENT_ARTIFACT", "A compiled contract is missing or damaged.", {
      details: path.pathname,
      hint: "Run: make setup",
      cause,
    });
  }
}
