import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import type { G1 } from "../../crypto/points.ts";
import { type ChainSender, once } from "../../settlement/chain.ts";
import { addVersion, createDataNet, joinPositions } from "../../settlement/datanet.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import {
  type RevenueSplit,
  readIsOperator,
  registerIndex,
  registerModel,
  setOperator,
} from "../../settlement/model.ts";
import type { Mined } from "../../settlement/send.ts";
import { type RegisteredIndex, type Registry, saveRegistry } from "../../workspace/registry.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/**
 * Everything that steps of registration share: what is done is saved after each transaction, so a rerun goes on. A crash between the
 * transaction and the file leaves it in the outbox, under its purpose.
 */
export interface RegistryContext {
  readonly workspace: Workspace;
  readonly sender: ChainSender;
  readonly deployment: Deployment;
  /** Told of each transaction. */
  readonly onMined?: (mined: Mined) => void;
}

export interface DataNetRegistration {
  readonly name: string;
  /** Owners of positions 0, 1, … */
  readonly owners: readonly Hex[];
  readonly version: { readonly number: number; readonly root: Hex; readonly rows: number };
}

/** Puts a DataNet, its positions and one version of its rows on the chain, as far as they are not there yet. */
export async function registerDataNet(
  { workspace, sender, deployment, onMined }: RegistryContext,
  before: Registry,
  { name, owners, version }: DataNetRegistration,
): Promise<Registry> {
  let registry = before;
  const keep = (change: Partial<Registry>): void => {
    registry = { ...registry, ...change };
    saveRegistry(workspace, registry);
  };
  if (registry.datanetId === null) {
    const creator = once(sender, "the workspace's DataNet");
    const created = await createDataNet(creator, deployment, { name });
    onMined?.(created);
    keep({ datanetId: created.datanetId });
  }
  const datanetId = registry.datanetId!;
  if (owners.length > registry.joined) {
    const joining = once(sender, `positions of DataNet ${datanetId} from ${registry.joined}`);
    const contributors = owners.slice(registry.joined);
    const joined = await joinPositions(joining, deployment, { datanetId, contributors });
    for (const mined of joined) onMined?.(mined);
    keep({ joined: owners.length });
  }
  if (registry.versions[version.number] === undefined) {
    const adding = once(sender, `version ${version.number} of DataNet ${datanetId}`);
    const added = await addVersion(adding, deployment, {
      datanetId,
      rowRoot: version.root,
      rowCount: version.rows,
    });
    onMined?.(added);
    keep({ versions: { ...registry.versions, [version.number]: added.version } });
  }
  return registry;
}

export interface IndexToRegister {
  /** Number of the index here. */
  readonly epoch: number;
  /** The DataNet version that the model was trained on, as numbered here. */
  readonly version: number;
  readonly baseDigest: Hex;
  /** Of the adapter, or of all members of an ensemble. */
  readonly adapterDigest: Hex;
  /** Digest of the index's manifest. */
  readonly digest: Hex;
  readonly commitment: G1;
  /** n that the index was built for. */
  readonly assigned: number;
  readonly keyDigest: Hex;
  readonly split: RevenueSplit;
  readonly operator: Hex;
}

/**
 * Puts a model and its index on the chain, if they are not there yet, and lets the operator commit batches under it.
 *
 * @throws TRB_REGISTER_POSITIONS where the chain counts other positions than the index was built for
 */
export async function registerEpoch(
  context: RegistryContext,
  before: Registry,
  index: IndexToRegister,
): Promise<RegisteredIndex> {
  const { sender, deployment, onMined } = context;
  const registered = before.indexes[index.epoch] ?? (await registerNew(context, before, index));
  const { indexId } = registered;
  const { operator } = index;
  if (!(await readIsOperator(sender, deployment, { indexId, operator }))) {
    const named = await setOperator(sender, deployment, { indexId, operator, allowed: true });
    onMined?.(named);
  }
  return registered;
}

async function registerNew(
  { workspace, sender, deployment, onMined }: RegistryContext,
  registry: Registry,
  index: IndexToRegister,
): Promise<RegisteredIndex> {
  if (registry.joined !== index.assigned) {
    throw new TributaryError(
      "TRB_REGISTER_POSITIONS",
      "The index was built for another number of positions.",
      {
        details: `${index.assigned} in the index, ${registry.joined} on the chain`,
        hint: "Build the index again: tributary index build",
      },
    );
  }
  const { baseDigest, adapterDigest, digest, commitment, keyDigest, split } = index;
  const datanetId = registry.datanetId!;
  const registering = once(sender, `index ${index.epoch} of DataNet ${datanetId}`);
  const model = await registerModel(registering, deployment, { datanetId, baseDigest, adapterDigest });
  onMined?.(model);
  const { modelId } = model;
  const datasetVersion = registry.versions[index.version]!;
  const entry = { modelId, datasetVersion, commitment, digest, keyDigest, split };
  const mined = await registerIndex(registering, deployment, entry);
  onMined?.(mined);
  const { indexId, positions } = mined;
  const registered: RegisteredIndex = { indexId, modelId, positions, split };
  saveRegistry(workspace, { ...registry, indexes: { ...registry.indexes, [index.epoch]: registered } });
  return registered;
}
