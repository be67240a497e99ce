import type { Hex } from "../../core/hex.ts";
import type { OnProgress } from "../../core/progress.ts";
import { requireSafeKey } from "../../protocol/development-key.ts";
import { keyDigest } from "../../protocol/transcript.ts";
import type { RevenueSplit } from "../../settlement/model.ts";
import { loadIndex } from "../../workspace/index-files.ts";
import { openRegistry, type RegisteredIndex } from "../../workspace/registry.ts";
import { loadDataNetBody } from "../import.ts";
import { developmentSource, type KeySource } from "../keys/key-source.ts";
import { pinnedKey } from "../verify.ts";
import { ensembleDigest } from "./ensemble-digest.ts";
import { type RegistryContext, registerDataNet, registerEpoch } from "./register.ts";

export interface RegisterOptions {
  /** Number of the index here; the newest where undefined. */
  readonly epoch?: number | undefined;
  /** Owners of positions 0, 1, … */
  readonly owners: readonly Hex[];
  readonly operator: Hex;
  readonly split: RevenueSplit;
  /** Whose verifier the index is registered with; the development keys' by default. */
  readonly keys?: KeySource | undefined;
}

/** Puts an index of the workspace on the chain, with everything it stands on: DataNet, positions, version, model. */
export async function registerIndexOf(
  context: RegistryContext,
  { epoch, owners, operator, split, keys = developmentSource }: RegisterOptions,
  onProgress: OnProgress,
): Promise<{ datanetId: bigint; registered: RegisteredIndex }> {
  const { workspace, sender, deployment } = context;
  const stage = "register";
  const datanet = loadDataNetBody(workspace);
  const { number, index, manifest, digest, commitment } = loadIndex(workspace, epoch);
  const version = datanet.versions[manifest.datanet.version - 1]!;
  const key = await pinnedKey(keys, index.tier);
  requireSafeKey(key, sender.chainId);
  const empty = await openRegistry(workspace, sender, deployment);
  onProgress({ stage, done: 0, total: 2 });
  const withDataNet = await registerDataNet(context, empty, {
    name: datanet.name,
    owners: owners.slice(0, version.contributors),
    version,
  });
  onProgress({ stage, done: 1, total: 2 });
  const registered = await registerEpoch(context, withDataNet, {
    epoch: number,
    version: version.number,
    baseDigest: manifest.base,
    adapterDigest: ensembleDigest(manifest.adapters),
    digest,
    commitment,
    assigned: index.assigned,
    keyDigest: keyDigest(key),
    split,
    operator,
  });
  return { datanetId: withDataNet.datanetId!, registered };
}
