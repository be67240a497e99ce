import { readFile } from "node:fs/promises";
import wabt from "wabt";
import { curveKernelText } from "./curve-kernel/module.ts";

/** Texts of WebAssembly modules, without their ending. */
const SOURCES = [
  "src/numeric/linear/kernel",
  "src/numeric/linear/eigen-rows",
  "src/crypto/keccak",
  "src/numeric/near/kernel",
];

const textOf = (source: string): Promise<string> =>
  readFile(new URL(`../../${source}`, import.meta.url), "utf8");

/** The WebAssembly modules, assembled from their texts and kept as base64: nothing is read at run time. */
export async function generate(): Promise<Map<string, string>> {
  const { parseWat } = await wabt();
  const assembled = (path: string, source: string, text: string): [string, string] => {
    const { buffer } = parseWat(source, text, { simd: true, bulk_memory: true }).toBinary({});
    const base64 = Buffer.from(buffer).toString("base64");
    const lines = [
      `// Machine-written by scripts/generate/kernel.ts from ${source}`,
      "",
      "/** The assembled module. */",
      `export const KERNEL =\n  "${base64}";`,
      "",
    ];
    return [`${path}-module.ts`, lines.join("\n")];
  };
  const written = SOURCES.map(async (path): Promise<[string, string]> => {
    const source = `${path}.wat`;
    return assembled(path, source, await textOf(source));
  });
  return new Map([
    ...(await Promise.all(written)),
    assembled("src/proof/development/kernel", "scripts/generate/curve-kernel", curveKernelText()),
  ]);
}
