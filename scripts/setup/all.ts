/**
 * Builds all that running the product needs and git does not hold: circuits, development keys, contracts. And, where it can be had,
 * a Python with numpy for docs/outsider.
 * Each step looks at the digest of its inputs and is quick when nothing changed.
 */
import { setupCircuits } from "./circuits.ts";
import { setupContracts } from "./contracts.ts";
import { setupKeys } from "./keys.ts";
import { setupPython } from "./python.ts";

/** The tiers whose circuits and development keys every checkout gets; the others are built on demand. */
const TIERS = ["mini", "small"] as const;

const say = (line: string): void => {
  process.stderr.write(`setup: ${line}\n`);
};

await setupCircuits(TIERS, say);
await setupKeys(TIERS, say);
await setupContracts(say);
await setupPython(say);
