import { type SourceOfByte, sourceOfByte } from "./gas-trace.ts";
import { built, type ContractName } from "./world.ts";

/** A contract's deployed code in bytes, and how many of them come out of packages and not out of contracts/. */
export interface CodeSize {
  readonly bytes: number;
  readonly packages: number;
}
export type CodeSizes = Readonly<Record<string, CodeSize>>;

/** What a deployment consists of. */
const DEPLOYED: readonly ContractName[] = [
  "OpenToken",
  "DataNetRegistry",
  "DataNetPositions",
  "VerifierRouter",
  "ModelRegistry",
  "Treasury",
  "DataNetReserve",
  "Settlement",
  "AttributionVerifier",
];

function packageBytes(sources: SourceOfByte, bytes: number): number {
  const starts = Object.keys(sources).map(Number);
  return starts.reduce(
    (sum, pc, i) => (sources[pc]!.startsWith("npm/") ? sum + (starts[i + 1] ?? bytes) - pc : sum),
    0,
  );
}

/** Of every contract that is deployed, as it was built. */
export async function codeSizes(): Promise<CodeSizes> {
  const entries = DEPLOYED.map(async (name): Promise<[string, CodeSize]> => {
    const { deployedBytecode } = await built(name);
    const bytes = (deployedBytecode.length - 2) / 2;
    return [name, { bytes, packages: packageBytes(await sourceOfByte(name), bytes) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
