import { generate as abis } from "./abis.ts";
import { generate as attributionTables } from "./attribution-tables.ts";
import { generate as circuits } from "./circuits.ts";
import { generate as contracts } from "./contracts.ts";
import { generate as developmentPoints } from "./development-points.ts";
import { generate as gasTables } from "./gas-tables.ts";
import { generate as kernel } from "./kernel.ts";
import { generate as vectors } from "./vectors.ts";

/** Path from the repository's root → text, for every machine-written file. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const parts = [
    await circuits(),
    await contracts(),
    await abis(),
    await developmentPoints(),
    await vectors(),
    await kernel(),
    await attributionTables(),
    await gasTables(),
  ];
  return new Map(parts.flatMap((part) => [...part]));
}
