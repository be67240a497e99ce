import { readFile } from "node:fs/promises";
import wabt from "wabt";

const SOURCE = "src/core/linear/kernel.wat";

/** The WebAssembly module of the linear algebra, assembled from its text and kept as base64: nothing is read at run time. */
export async function generate(): Promise<Map<string, string>> {
  const { parseWat } = await wabt();
  const text = await readFile(new URL(`../../${SOURCE}`, import.meta.url), "utf8");
  const { buffer } = parseWat(SOURCE, text, { simd: true }).toBinary({});
  const base64 = Buffer.from(buffer).toString("base64");
  const lines = [
    `// Machine-written by scripts/generate/kernel.ts from ${SOURCE}`,
    "",
    "/** The assembled module. */",
    `export const KERNEL =\n  "${base64}";`,
    "",
  ];
  return new Map([["src/core/linear/kernel-module.ts", lines.join("\n")]]);
}
