import { type Command, Option } from "commander";
import { TributaryError } from "../../core/errors.ts";
import type { Refusals } from "../../datanet/refusals.ts";
import type { DataNetBody } from "../../datanet/types.ts";
import type { Skipped } from "../../operations/bad-row-file.ts";
import { countRows, importNextVersion, importVersion, nextTier, tierOf } from "../../operations/import.ts";
import { TIER_NAMES, type TierName } from "../../params/tiers.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { columnsFrom, dialectFrom, heldOutFrom, type RowFlags, rowOptions } from "../row-options.ts";

/** Refused rows that are printed for a person; --json has more of them. */
const SHOWN_REFUSALS = 5;

function summary(datanet: DataNetBody, heldOut: number) {
  return {
    name: datanet.name,
    kind: datanet.kind,
    tier: tierOf(datanet),
    rows: datanet.versions.at(-1)!.rows,
    heldOut,
    labels: datanet.labels.length,
    contributors: datanet.contributors.length,
    capacity: datanet.capacity,
    version: datanet.version,
    root: datanet.root,
  };
}

function describe(datanet: DataNetBody, heldOut: number): string {
  const { name, kind, rows, labels, contributors, capacity, version, root } = summary(datanet, heldOut);
  return table([
    ["DataNet", `${name} (${kind}), version ${version}`],
    ["rows", `${rows}, and ${heldOut} held out`],
    ["labels", labels],
    ["contributors", `${contributors} of ${capacity} positions`],
    ["row root", root],
  ]);
}

function describeRefusals({ list, count }: Refusals): string {
  if (count === 0) return "";
  const lines = list
    .slice(0, SHOWN_REFUSALS)
    .map(({ line, first }) => `  line ${line} is a copy of line ${first.line}`);
  const more = count > SHOWN_REFUSALS ? [`  and ${count - SHOWN_REFUSALS} more`] : [];
  return ["", `refused    ${count} exact copies: the first commit wins`, ...lines, ...more].join("\n");
}

const describeSkipped = ({ count, file }: Skipped): string =>
  count === 0 ? "" : `\nskipped    ${count} rows that are wrong: ${file}`;

/** What comes when the tier's positions are taken; said while there is time. */
function describeRoom(datanet: DataNetBody): string {
  const next = nextTier(datanet);
  if (next === undefined) return "";
  const taken = `${datanet.contributors.length} of ${datanet.capacity} positions are taken`;
  return next === "none"
    ? `\nroom       ${taken}, and no tier has more: further contributors need a DataNet of their own`
    : `\nroom       ${taken}: it grows with --append --grow ${next}, and its next index is of that tier`;
}

/** What a DataNet is given once, when it is made. */
const OF_A_NEW_DATANET = ["contributors", "test", "holdOut", "name"] as const;

function refuseForAppend(options: RowFlags & { readonly name?: string }): void {
  const given = OF_A_NEW_DATANET.filter((option) => options[option] !== undefined);
  if (given.length === 0) return;
  throw new TributaryError("TRB_CLI_USAGE", "A next version keeps what its DataNet was made with.", {
    details: `not with --append: ${given.map((option) => `--${option === "holdOut" ? "hold-out" : option}`).join(", ")}`,
    hint: "Give the file, its columns and --contributor COLUMN.",
  });
}

/** `tributary datanet`: rows of several contributors, their Merkle root and versions. */
export function registerDataNetCommands(program: Command): void {
  const datanet = program.command("datanet").description("rows of several contributors");

  addCommand<RowFlags & { name?: string; append?: boolean; grow?: TierName; skipBad?: string }>(datanet, {
    usage: "import <file>",
    summary: "read a file (CSV, JSON, Parquet) into the workspace as a DataNet, or as its next version",
    example:
      "tributary datanet import rows.jsonl --text text --label label --contributor contributor --test held-out.jsonl\n" +
      "tributary datanet import digits.csv --features 0-63 --label 64 --contributors 12 --hold-out 0.2\n" +
      "tributary datanet import train.parquet --text text --label label --contributors 12 --skip-bad bad.jsonl\n" +
      "tributary datanet import more.jsonl --append --text text --label label --contributor contributor",
    options: (command) =>
      rowOptions(command)
        .option("--name <name>", "what the DataNet is called (default: the file's name)")
        .option(
          "--skip-bad <file>",
          "go on without rows that are wrong, and write them here with their reasons",
        )
        .option("--append", "add the rows as the next version of the workspace's DataNet")
        .addOption(
          new Option("--grow <tier>", "with --append: the larger tier that the DataNet grows to").choices(
            TIER_NAMES,
          ),
        ),
    // A model that is trained, or an index that is built meanwhile, would be of rows that are there no more.
    writes: ["datanet", "models", "indexes"],
    interruption: "process",
    run: async ({ dir, onProgress }, options, [file]) => {
      const workspace = workspaceAt(dir);
      const { contributors, seed, tier, name, append, skipBad } = options;
      if (append) refuseForAppend(options);
      else if (options.grow !== undefined) {
        throw new TributaryError("TRB_CLI_USAGE", "Only a DataNet that is there can grow.", {
          details: "--grow without --append",
          hint: "A new DataNet's size is --tier.",
        });
      }
      const source = {
        file: file!,
        columns: columnsFrom(options),
        dialect: dialectFrom(options),
        skipBad,
        contributors,
        heldOut: heldOutFrom(options),
        seed,
        tier,
        name,
      };
      const { datanet, heldOut, refusals, skipped } = append
        ? await importNextVersion(workspace, { ...source, tier: options.grow }, onProgress)
        : await importVersion(workspace, source, onProgress);
      const { count, file: badRows } = skipped;
      return {
        ok: true,
        data: {
          ...summary(datanet, heldOut),
          refused: refusals.count,
          refusals: refusals.list,
          skipped: count,
          badRows,
          nextTier: nextTier(datanet),
        },
        text:
          describe(datanet, heldOut) +
          describeRefusals(refusals) +
          describeSkipped(skipped) +
          describeRoom(datanet),
      };
    },
  });

  addCommand(datanet, {
    usage: "show",
    summary: "show the workspace's DataNet: versions, labels, contributors",
    example: "tributary datanet show",
    run: async ({ dir }) => {
      const { datanet, heldOut, counts } = countRows(workspaceAt(dir));
      const positions = datanet.contributors.map((name, position) => ({
        position,
        name,
        rows: counts[position]!,
      }));
      const data = {
        ...summary(datanet, heldOut),
        versions: datanet.versions,
        labels: datanet.labels,
        positions,
      };
      const list = table(
        positions.map(({ position, name, rows }) => [`  ${position} ${name}`, `${rows} rows`]),
      );
      return { ok: true, data, text: `${describe(datanet, heldOut)}\n\n${list}` };
    },
  });
}
