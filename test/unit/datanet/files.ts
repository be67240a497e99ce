import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { ImportOptions } from "../../../src/datanet/types.ts";

const folder = mkdtempSync(join(tmpdir(), "tributary-datanet-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let next = 0;

/** A path in a folder that goes when the test file ends. */
export const scratch = (name: string): string => join(folder, `${next++}-${name}`);

/** A file with this content. */
export function fileOf(content: string | Uint8Array, extension = "csv"): string {
  const path = scratch(`rows.${extension}`);
  writeFileSync(path, content);
  return path;
}

export const TEXT_COLUMNS = { text: "text", label: "label", contributor: "who" } as const;

/** Options to import a text file with the columns text, label, who. */
export const textImport = (content: string | Uint8Array, extension = "csv"): ImportOptions => ({
  name: "Test",
  file: fileOf(content, extension),
  columns: TEXT_COLUMNS,
});

/** A CSV file of rows [text, label, contributor]. */
export const csvOf = (rows: readonly (readonly [string, string, string])[]): string =>
  `text,label,who\n${rows.map((fields) => fields.map((f) => `"${f.replaceAll('"', '""')}"`).join(",")).join("\n")}\n`;
