import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { ensureFolder, explainFileError, readJson, writeJson } from "../files/disk.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { guarded } from "../settlement/errors.ts";
import { lockRecords } from "./locks.ts";
import type { Workspace } from "./workspace.ts";

const id = z.string().regex(/^\d+$/).transform(BigInt);
const basisPoints = z.int().min(0).max(10_000);

const registeredIndex = z.strictObject({
  indexId: id,
  modelId: id,
  /** n at registration. */
  positions: z.int().positive(),
  split: z.strictObject({
    platform: basisPoints,
    modelOwner: basisPoints,
    stakers: basisPoints,
    prover: basisPoints,
  }),
});

const registrySchema = z.strictObject({
  /** Hash of the deployment's block: a development chain that was started again has the same addresses, but not this. */
  chain: z.string(),
  datanetId: id.nullable(),
  /** How many positions were joined. */
  joined: z.int().nonnegative(),
  /** Version of the DataNet here → its number on the chain. */
  versions: z.record(z.string(), id),
  /** Number of the index here → what the chain calls it. */
  indexes: z.record(z.string(), registeredIndex),
});

/** What of a workspace is registered on its chain. */
export type Registry = z.output<typeof registrySchema>;
export type RegisteredIndex = z.output<typeof registeredIndex>;

const pathOf = (workspace: Workspace): string => join(workspace.dir, "registry.json");

const chainTag = ({ client }: ChainReader, deployment: Deployment): Promise<string> =>
  guarded(async () => (await client.getBlock({ blockNumber: deployment.block })).hash);

export function saveRegistry(workspace: Workspace, registry: Registry): void {
  writeJson(pathOf(workspace), registry);
}

/** What the chain that the registry was written for knew; null where nothing was ever registered. */
export function readRegistry(workspace: Workspace): Registry | null {
  const path = pathOf(workspace);
  return existsSync(path) ? readJson(path, registrySchema) : null;
}

/** The registry of this chain; null where nothing was registered, or only on another chain. */
export async function findRegistry(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
): Promise<Registry | null> {
  const registry = readRegistry(workspace);
  return registry?.chain === (await chainTag(reader, deployment)) ? registry : null;
}

/**
 * Says so where the workspace was registered on another chain than the one that answers, though it has the same number: batches and
 * proofs here are of that one.
 *
 * @throws TRB_WORKSPACE_CHAIN_RESTARTED
 */
export async function requireSameChain(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
): Promise<void> {
  const registry = readRegistry(workspace);
  if (registry === null) return;
  const tag = await chainTag(reader, deployment);
  if (registry.chain === tag) return;
  throw new TributaryError(
    "TRB_WORKSPACE_CHAIN_RESTARTED",
    "The chain was started again since this workspace was registered: it is a new chain.",
    {
      details: `block ${deployment.block} was ${registry.chain}, and is ${tag}`,
      hint: "Register again with: tributary register. What belongs to the old chain is kept in archive/.",
    },
  );
}

/** @throws TRB_WORKSPACE_NOT_REGISTERED, TRB_WORKSPACE_CHAIN_RESTARTED */
export async function loadRegistry(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
): Promise<Registry> {
  const registry = await findRegistry(workspace, reader, deployment);
  if (registry !== null) return registry;
  await requireSameChain(workspace, reader, deployment);
  throw new TributaryError(
    "TRB_WORKSPACE_NOT_REGISTERED",
    "Nothing of this workspace is on this chain yet.",
    {
      hint: "Register the newest index with: tributary register",
    },
  );
}

/**
 * The registry of this chain, or an empty one. What belongs to a chain that was there before (traces, batches,
 * proofs) is moved to archive/: its numbers would be taken for this chain's.
 *
 * @throws TRB_WORKSPACE_LOCKED where somebody still writes them
 */
export async function openRegistry(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
): Promise<Registry> {
  const chain = await chainTag(reader, deployment);
  const registry = readRegistry(workspace);
  if (registry?.chain === chain) return registry;
  if (registry !== null) await archive(workspace, registry.chain);
  return { chain, datanetId: null, joined: 0, versions: {}, indexes: {} };
}

/** Its caller has the lock of the registry; these come after it in their order. */
async function archive(workspace: Workspace, chain: string): Promise<void> {
  const kinds = ["traces", "batches", "proofs"] as const;
  const release = await lockRecords(workspace.dir, kinds, "tributary register");
  try {
    moveToArchive(workspace, chain);
  } finally {
    release();
  }
}

function moveToArchive(workspace: Workspace, chain: string): void {
  const folder = join(workspace.dir, "archive", chain.slice(2, 18));
  ensureFolder(folder);
  for (const path of [
    workspace.traces,
    workspace.batches,
    workspace.proofs,
    workspace.outbox,
    pathOf(workspace),
  ]) {
    const target = join(folder, path.slice(workspace.dir.length + 1));
    try {
      if (existsSync(path)) renameSync(path, target);
    } catch (error) {
      throw explainFileError(error, path);
    }
  }
}
