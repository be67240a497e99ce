import { type Command, InvalidArgumentError } from "commander";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { loadDataNetBody } from "../operations/import.ts";
import type { ChainReader } from "../settlement/chain.ts";
import { readPositionOwners } from "../settlement/datanet.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { loadRegistry } from "../workspace/registry.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Whose money is asked about. */
export interface PositionFlags {
  readonly datanet?: bigint;
  readonly position?: readonly number[];
  readonly contributor?: readonly string[];
}

function parseId(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError("an id is a number");
  return BigInt(text);
}

function collectPosition(text: string, earlier: readonly number[] = []): number[] {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("a position is a number from 0");
  return [...earlier, Number(text)];
}

const collectName = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

/** Adds the options that name positions of a DataNet. @param what is done with them */
export const positionOptions = (command: Command, what: string): Command =>
  command
    .option("--datanet <id>", "the DataNet on the chain (default: the workspace's)", parseId)
    .option("--position <number>", `${what} this position; may be repeated`, collectPosition)
    .option(
      "--contributor <name>",
      `${what} the position of this contributor of the workspace's DataNet; may be repeated`,
      collectName,
    );

/** The positions of contributors, by their names in the workspace's DataNet. @throws TRB_CLI_NO_POSITION */
function positionsNamed(workspace: Workspace, names: readonly string[]): number[] {
  if (names.length === 0) return [];
  const { contributors } = loadDataNetBody(workspace);
  return names.map((name) => {
    const position = contributors.indexOf(name);
    if (position >= 0) return position;
    throw new TributaryError("TRB_CLI_NO_POSITION", "The DataNet has no contributor of this name.", {
      details: name,
      hint: "See who has which position: tributary datanet show",
    });
  });
}

export interface AskedPositions {
  readonly datanetId: bigint;
  /** Who holds positions 0, 1, … on the chain. */
  readonly owners: readonly Hex[];
  /** Undefined where none was named. */
  readonly positions: readonly number[] | undefined;
}

/** Which positions of which DataNet are meant. @throws TRB_CLI_NO_POSITION for one that nobody has, TRB_WORKSPACE_NOT_REGISTERED */
export async function askedPositions(
  workspace: Workspace,
  chain: ChainReader,
  deployment: Deployment,
  { datanet, position, contributor = [] }: PositionFlags,
): Promise<AskedPositions> {
  const datanetId = datanet ?? (await loadRegistry(workspace, chain, deployment)).datanetId!;
  const owners = await readPositionOwners(chain, deployment, datanetId);
  const asked = [...new Set([...(position ?? []), ...positionsNamed(workspace, contributor)])];
  const free = asked.find((one) => one >= owners.length);
  if (free !== undefined) {
    throw new TributaryError("TRB_CLI_NO_POSITION", "Nobody owns this position of the DataNet.", {
      details: `position ${free}; DataNet ${datanetId} has 0 to ${owners.length - 1}`,
      hint: "Name another --position, or none for all.",
    });
  }
  return { datanetId, owners, positions: asked.length === 0 ? undefined : asked };
}
