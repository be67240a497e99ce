import { readFile } from "node:fs/promises";
import type { CodeSizes } from "../../test/helpers/code-sizes.ts";
import type { GasByFork, GasReport } from "../../test/helpers/gas.ts";

const DOCUMENT = "docs/gas.md";
const BEGIN =
  "<!-- begin: machine-written by scripts/generate/gas-tables.ts from bench/gas.json, gas-geth.json and code-sizes.json -->";
const END = "<!-- end: machine-written -->";
const DEPLOY = "deploy ";

const recorded = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(`bench/${name}`, "utf8")) as T;

const whole = (x: number): string => x.toLocaleString("en");
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

/** A later batch, and a position's second claim by a holder of OPEN: what goes on for as long as a DataNet is used. */
const LATER = ["commitBatch, from a deposit", "settle", "claim"] as const;
const later = (report: GasReport): number => LATER.reduce((sum, name) => sum + report[name]!, 0);

function gasTables(simulated: GasByFork, real: GasByFork, sizes: CodeSizes): string {
  const columns = [simulated.osaka, real.amsterdam, simulated.amsterdam];
  const names = Object.keys(simulated.osaka);
  const cells = (name: string): string[] => columns.map((column) => whole(column[name]!));
  const sent = names.filter((name) => !name.startsWith(DEPLOY)).map((name) => [name, ...cells(name)]);
  const sum = [`**${LATER.join(" + ")}**`, ...columns.map((column) => `**${whole(later(column))}**`)];
  const deployed = Object.entries(sizes).map(([name, { bytes, packages }]) => {
    const key = DEPLOY + name;
    const gas = names.includes(key) ? cells(key) : columns.map(() => "with the registry");
    return [name, whole(bytes), packages === 0 ? "" : whole(packages), ...gas];
  });
  const forks = ["Osaka (today)", "Amsterdam, geth", "Amsterdam, simulated"];
  return [
    table(["tier mini, twelve positions", ...forks], [...sent, sum]),
    table(["deployed", "bytes", "of them packages'", ...forks], deployed),
  ].join("\n\n");
}

/**
 * docs/gas.md with the tables of what was measured.
 *
 * @returns path from the repository's root → contents
 */
export async function generate(): Promise<Map<string, string>> {
  const document = await readFile(DOCUMENT, "utf8");
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError(`${DOCUMENT} has lost the marks of its tables`);
  const tables = gasTables(
    await recorded("gas.json"),
    await recorded("gas-geth.json"),
    await recorded("code-sizes.json"),
  );
  return new Map([
    [DOCUMENT, `${document.slice(0, from + BEGIN.length)}\n\n${tables}\n\n${document.slice(to)}`],
  ]);
}
