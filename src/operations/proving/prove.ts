import { existsSync } from "node:fs";
import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { interruptible } from "../../core/interruptible.ts";
import { peakMemoryBytes } from "../../core/memory.ts";
import type { OnProgress } from "../../core/progress.ts";
import { writeWhole } from "../../files/disk.ts";
import type { TierName } from "../../params/tiers.ts";
import type { BackendName } from "../../proof/backend.ts";
import type { BackendChoice } from "../../proof/choose-backend.ts";
import { encodeBundle } from "../../protocol/bundle.ts";
import { verifySettlement } from "../../verification/verify.ts";
import { batchNames, bundlePath, loadBatch } from "../../workspace/batches.ts";
import { loadIndex } from "../../workspace/index-files.ts";
import { loadTrace } from "../../workspace/traces.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { developmentSource, type KeySource } from "../keys/key-source.ts";
import { pinnedKey } from "../verify.ts";
import { createProver, type Prover } from "./prover.ts";

export interface ProvenBatch {
  readonly name: string;
  readonly bundle: string;
  /** What made the proof. */
  readonly backend: BackendName;
  readonly proveMs: number;
  readonly verifyMs: number;
  readonly bundleBytes: number;
  /** Highest resident memory of the process so far. */
  readonly peakMemoryBytes: number;
}

export interface ProveOptions {
  /** Default: every batch of the workspace that has no proof yet. */
  readonly names?: readonly string[] | undefined;
  /** Where the prover's share goes. */
  readonly recipient: Hex;
  readonly signal?: AbortSignal | undefined;
  /** The development keys by default. */
  readonly keys?: KeySource | undefined;
  /** Default: native where it is built. */
  readonly backend?: BackendChoice | undefined;
}

/** One prover for each tier that is needed, opened when it is. */
class Provers {
  readonly #open = new Map<TierName, Prover>();
  readonly keys: KeySource;
  readonly backend: BackendChoice;

  constructor(keys: KeySource, backend: BackendChoice) {
    this.keys = keys;
    this.backend = backend;
  }

  async get(tier: TierName): Promise<Prover> {
    const found =
      this.#open.get(tier) ??
      (await createProver({ tier, keys: await this.keys.proving(tier), backend: this.backend }));
    this.#open.set(tier, found);
    return found;
  }

  async close(): Promise<void> {
    for (const prover of this.#open.values()) await prover.close();
  }
}

/**
 * Proves batches and writes their bundles, each whole or not at all: a run that was killed goes on where it was. The
 * prover checks its own proof with the independent verifier before anybody sees it.
 *
 * @throws TRB_KEY_DEVELOPMENT, TRB_PROVE_OWN_PROOF, and what the witness and the prover throw
 */
export async function proveBatches(
  workspace: Workspace,
  { names, recipient, signal, keys = developmentSource, backend = {} }: ProveOptions,
  onProgress: OnProgress,
): Promise<ProvenBatch[]> {
  const wanted = names ?? batchNames(workspace).filter((name) => !existsSync(bundlePath(workspace, name)));
  const provers = new Provers(keys, backend);
  const proven: ProvenBatch[] = [];
  try {
    for (const [i, name] of wanted.entries()) {
      const step: OnProgress = ({ stage, done, total }) =>
        onProgress({
          stage: `batch ${name}: ${stage}`,
          done: i + done / Math.max(total, 1),
          total: wanted.length,
        });
      proven.push(await proveOne(workspace, name, { provers, recipient, signal }, step));
    }
  } finally {
    await provers.close();
  }
  return proven;
}

interface ProveOne {
  readonly provers: Provers;
  readonly recipient: Hex;
  readonly signal: AbortSignal | undefined;
}

async function proveOne(
  workspace: Workspace,
  name: string,
  { provers, recipient, signal }: ProveOne,
  onProgress: OnProgress,
): Promise<ProvenBatch> {
  const { statement, record } = loadBatch(workspace, name);
  const { index } = loadIndex(workspace, record.epoch);
  const traces = statement.traces.map(
    (_, q) => loadTrace(workspace, statement.indexId, statement.n0 + BigInt(q)).record,
  );
  const key = await pinnedKey(provers.keys, statement.tier);
  const prover = await provers.get(statement.tier);
  const begun = performance.now();
  const settlement = await interruptible(signal, () =>
    prover.prove(
      { index, statement, traces, recipient },
      { onProgress, ...(signal === undefined ? {} : { signal }) },
    ),
  );
  const proveMs = performance.now() - begun;
  const { ok, failures } = verifySettlement(settlement, statement, key);
  const verifyMs = performance.now() - begun - proveMs;
  if (!ok) {
    throw new TributaryError(
      "TRB_PROVE_OWN_PROOF",
      "The proof that was made does not hold: nothing was written.",
      {
        details: failures.map(({ code, message }) => `${code}: ${message}`).join("; "),
        hint: "Check the keys with: tributary keys check. If they are right, this is a defect.",
      },
    );
  }
  const text = encodeBundle(settlement);
  const bundle = bundlePath(workspace, name);
  writeWhole(bundle, text);
  return {
    name,
    bundle,
    backend: prover.backend,
    proveMs,
    verifyMs,
    bundleBytes: Buffer.byteLength(text),
    peakMemoryBytes: peakMemoryBytes(),
  };
}
