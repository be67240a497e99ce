import type { Command } from "commander";
import { formatOpen } from "../../operations/fees.ts";
import { contributorNames } from "../../operations/import.ts";
import { type Owed, type OwedResult, readOwed } from "../../operations/owed.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { counted } from "../asked-batches.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";
import { askedPositions, type PositionFlags, positionOptions } from "../positions.ts";

const COLUMNS = ["earned", "claimed", "claimable", "waiting"] as const;

type Amounts = Pick<Owed, (typeof COLUMNS)[number]>;

const sum = (owed: readonly Owed[]): Amounts => {
  const of = (column: (typeof COLUMNS)[number]): bigint =>
    owed.reduce((total, one) => total + one[column], 0n);
  return { earned: of("earned"), claimed: of("claimed"), claimable: of("claimable"), waiting: of("waiting") };
};

/** Columns of OPEN, the first one names. */
function lines(rows: readonly (readonly [string, Amounts])[]): string[] {
  const table = [
    ["", ...COLUMNS],
    ...rows.map(([name, owed]) => [name, ...COLUMNS.map((column) => formatOpen(owed[column]))]),
  ];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  return table.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
}

/** Each book apart, where a position earned in several. */
function apart(owed: readonly Owed[], nameOf: (position: number) => string): string[] {
  const rows = owed
    .filter(({ books }) => books.length > 1)
    .flatMap(({ position, books }) =>
      books.map(
        (one) => [`${position} ${nameOf(position)}, book ${one.selector}`, { ...one, waiting: 0n }] as const,
      ),
    );
  return rows.length === 0 ? [] : ["Of these:", ...lines(rows)];
}

function text({ owed, waiting }: OwedResult, nameOf: (position: number) => string): string {
  const named = owed.map((one) => [`${one.position} ${nameOf(one.position)}`.trim(), one] as const);
  const pools = formatOpen(waiting.unprovenPools);
  return [
    "In OPEN:",
    ...lines(owed.length > 1 ? [...named, ["together", sum(owed)]] : named),
    ...apart(owed, nameOf),
    ...counted(waiting.proven.length, "proven and not settled: tributary settle"),
    ...counted(
      waiting.unproven.length,
      `with ${pools} OPEN for contributors not proven, whose parts are not known yet: tributary prove`,
    ),
  ].join("\n");
}

/** `tributary earned`: what positions are owed, without a transaction. */
export function registerEarned(program: Command): void {
  addCommand<ChainFlags & PositionFlags>(program, {
    usage: "earned",
    summary: "show what positions earned, were paid, can claim, and what waits; sends no transaction",
    example:
      "tributary earned\ntributary earned --contributor north-quay-desk\ntributary earned --position 3 --json",
    options: (command) => positionOptions(chainOptions(command), "show only"),
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, options) => {
      const workspace = workspaceAt(dir);
      onProgress({ stage: "read the books", done: 0, total: 1 });
      const { chain: reader, deployment } = await openReader(workspace, options);
      const { datanetId, owners, positions } = await askedPositions(workspace, reader, deployment, options);
      const asked = positions ?? owners.map((_, position) => position);
      const result = await readOwed(workspace, { reader, deployment }, { datanetId, positions: asked }, keys);
      const names = options.datanet === undefined ? contributorNames(workspace) : [];
      const nameOf = (position: number): string => names[position] ?? "";
      const data = {
        datanetId,
        positions: result.owed.map((one) => ({
          ...one,
          contributor: names[one.position],
          owner: owners[one.position],
        })),
        total: sum(result.owed),
        waiting: result.waiting,
      };
      return { ok: true, data, text: text(result, nameOf) };
    },
  });
}
