import { readFile } from "node:fs/promises";
import { paramsDigest } from "../../src/params/digest.ts";
import { setupContracts } from "../setup/contracts.ts";

const BUILT = new URL("../../artifacts/hardhat/contracts/", import.meta.url);

/** Contracts that clients talk to, by folder. */
const CONTRACTS: Readonly<Record<string, readonly string[]>> = {
  token: ["OpenToken"],
  datanet: ["DataNetRegistry", "DataNetPositions"],
  model: ["ModelRegistry"],
  verification: ["AttributionVerifier", "VerifierRouter"],
  settlement: ["Settlement"],
  treasury: ["Treasury"],
  rewards: ["DataNetReserve"],
  examples: ["AttributionConsumer"],
};

interface AbiEntry {
  readonly type: string;
  readonly name?: string;
}

const readAbi = async (folder: string, name: string): Promise<AbiEntry[]> =>
  JSON.parse(await readFile(new URL(`${folder}/${name}.sol/${name}.json`, BUILT), "utf8")).abi;

const constant = (name: string, abi: readonly AbiEntry[]): string =>
  `export const ${name[0]!.toLowerCase()}${name.slice(1)}Abi = ${JSON.stringify(abi, null, 2)} as const;\n`;

/**
 * The ABIs as typed constants for viem, and `contractErrorsAbi`: every custom error of every
 * contract, since a revert comes through from contracts further down.
 */
export async function generate(): Promise<Map<string, string>> {
  await setupContracts();
  const parts = [
    `// Machine-written by scripts/generate/abis.ts from contracts/; parameters ${paramsDigest()}\n`,
  ];
  const errors = new Map<string, AbiEntry>();
  for (const [folder, names] of Object.entries(CONTRACTS)) {
    for (const name of names) {
      const abi = await readAbi(folder, name);
      parts.push(constant(name, abi));
      for (const entry of abi) if (entry.type === "error") errors.set(JSON.stringify(entry), entry);
    }
  }
  parts.push(constant("ContractErrors", [...errors.values()]));
  return new Map([["src/generated/abis.ts", parts.join("\n")]]);
}
