import { tmpdir } from "node:os";
import type { BuiltIndex, IndexDraft, InfluenceParts } from "../../attribution/types.ts";
import { commitIndex } from "../../commitment/index-commitment.ts";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { withSpill } from "../../files/disk.ts";
import type { SpillFile } from "../../files/spill-file.ts";
import { readIndex } from "../../settlement/registered-index.ts";
import type { Sketch } from "../../sketch/types.ts";
import { loadIndex, loadInfluence, type StoredIndex } from "../../workspace/index-files.ts";
import { pickNumber, type Workspace } from "../../workspace/workspace.ts";
import type { MethodOptions } from "../attribution/options.ts";
import { type Finding, orFinding } from "../audit/findings.ts";
import { type AuditChain, registrationFindings } from "../audit/registration.ts";
import { loadDataNetTable } from "../import.ts";
import type { KeySource } from "../keys/key-source.ts";
import { withSrs } from "../keys/reference-string.ts";
import { compareSearch, searchAgain } from "../ridge-search/audit.ts";
import { loadModel } from "../training/train.ts";
import { auditMembers } from "./audit-members.ts";
import { attributeSubject, withSubject } from "./build-index.ts";
import type { Difference } from "./difference.ts";
import type { Subject } from "./subject.ts";

export interface AuditOptions {
  /** Number of the index here; the newest where undefined. */
  readonly epoch?: number | undefined;
  /** Whether C_Φ is left out, by one who has no blinding seed. */
  readonly phiOnly?: boolean | undefined;
  /** Whether the model is taken as it is, without training it again; training is most of an audit's time. */
  readonly skipTraining?: boolean | undefined;
  /** Whether a search for λ that the manifest records is made again. */
  readonly search?: boolean | undefined;
  /** Whose powers of τ C_Φ is computed with; the development keys' by default. */
  readonly keys?: KeySource | undefined;
  /** Where the index is held against its registration; nothing is where this is absent, and who reads the verdict has to be told. */
  readonly registered?: { readonly chain: AuditChain; readonly indexId: bigint } | undefined;
}

export interface Audit {
  readonly index: number;
  /** Rows that it was built of; undefined where its files cannot be used. */
  readonly rows: number | undefined;
  /** Its number on the chain, where it was held against its registration. */
  readonly registered: bigint | undefined;
  /** Whether C_Φ was computed again, too. */
  readonly commitment: boolean;
  /** Members that were trained again: all of them, or none. */
  readonly trained: number;
  /** What is known of how λ was searched for: not at all, the record only, or that it comes out again. */
  readonly search: "none" | "recorded" | "repeated";
  /** None where the index is what it says. */
  readonly differences: readonly Difference[];
}

/** The choices that a manifest records, as they were given: all of its method but what follows from them. */
const optionsOf = ({ manifest }: BuiltIndex): MethodOptions => {
  const { columns: _, rank: __, kept: ___, curvatureRows: ____, ...choices } = manifest.method;
  const { rule: nearDuplicates, similarity: nearSimilarity } = manifest.nearDuplicates;
  // A recorded number of rows is at most what was allowed; with all rows in use a larger limit gives the same.
  return { ...choices, nearDuplicates, nearSimilarity };
};

const firstDifference = (a: ArrayLike<number>, b: ArrayLike<number>): { at: number; count: number } => {
  let at = -1;
  let count = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === b[i]) continue;
    if (at < 0) at = i;
    count++;
  }
  return { at, count };
};

/** The first row whose influence is another one; parts have the same rows. */
function firstRow(a: Iterator<Float32Array>, b: Iterable<Float32Array>, width: number): number | undefined {
  let from = 0;
  for (const part of b) {
    const { at, count } = firstDifference(a.next().value ?? [], part);
    if (count > 0) return from + Math.floor(at / width);
    from += part.length / width;
  }
  return undefined;
}

function compare(
  stored: StoredIndex,
  influence: Generator<Float32Array>,
  built: IndexDraft & { readonly rows: InfluenceParts },
  sketch: Sketch,
): Difference[] {
  const found: Difference[] = [];
  const add = (cause: string, details: string): void => {
    found.push({ code: `TRB_AUDIT_${cause}`, details });
  };
  const { width } = stored.index;
  const phi = firstDifference(stored.index.phi, built.index.phi);
  if (phi.count > 0) {
    const [position, column] = [Math.floor(phi.at / width), phi.at % width];
    add(
      "PHI",
      `${phi.count} entries of Φ, the first at position ${position}, column ${column}: ${stored.index.phi[phi.at]}, rebuilt ${built.index.phi[phi.at]}`,
    );
  }
  const row = firstRow(influence, built.rows.parts(), width);
  if (row !== undefined) add("ROWS", `influence of row ${row}`);
  const owners = firstDifference(stored.rows.owners, built.rows.owners);
  if (owners.count > 0) add("OWNERS", `the position of row ${owners.at}`);
  if (stored.sketch.digest !== sketch.digest)
    add("SKETCH", `${stored.sketch.digest}, rebuilt ${sketch.digest}`);
  const [given, expected] = [JSON.stringify(stored.manifest), JSON.stringify(built.manifest)];
  if (given !== expected) {
    const keys = Object.keys(built.manifest) as (keyof typeof built.manifest)[];
    const wrong = keys.filter(
      (key) => JSON.stringify(stored.manifest[key]) !== JSON.stringify(built.manifest[key]),
    );
    add("MANIFEST", wrong.join(", "));
  }
  return found;
}

const different = ({ code, message: details }: Finding): Difference => ({ code, details });

/** Where the files are not what was registered, if a chain is asked. */
async function registrationDifferences(
  stored: StoredIndex,
  { registered }: Pick<AuditOptions, "registered">,
): Promise<Difference[]> {
  if (registered === undefined) return [];
  const { chain, indexId } = registered;
  const there = await readIndex(chain.reader, chain.deployment, indexId);
  return (await registrationFindings(chain, stored, there)).map(different);
}

/**
 * Builds an index again from DataNet, base, adapters and what its manifest records, and compares bit for bit; trains the
 * model again, with all members of an ensemble; then commits to the index with its seed and compares C_Φ. With a chain, the index
 * is held against its registration: the rows, the model, C_Φ, the key.
 *
 * @throws TRB_WORKSPACE_MISSING, and what asking the chain throws; a file that was changed is a difference
 */
export async function auditIndex(
  workspace: Workspace,
  options: AuditOptions,
  onProgress: OnProgress,
): Promise<Audit> {
  const number = pickNumber(workspace.indexes, options.epoch, "index", "tributary index build");
  const found = await orFinding(() => rebuild(workspace, number, options, onProgress));
  if ("value" in found) return found.value;
  const nothing = { rows: undefined, registered: undefined, commitment: false, trained: 0 } as const;
  return { index: number, ...nothing, search: "none", differences: [different(found)] };
}

async function rebuild(
  workspace: Workspace,
  epoch: number,
  { phiOnly = false, skipTraining = false, search = false, keys, registered }: AuditOptions,
  onProgress: OnProgress,
): Promise<Audit> {
  const stored = loadIndex(workspace, epoch);
  const onChain = await registrationDifferences(stored, { registered });
  const model = loadModel(workspace, stored.number);
  const adapters = [model.adapter, ...model.others].map(({ digest }) => digest);
  if (stored.manifest.base !== model.base.digest || String(stored.manifest.adapters) !== String(adapters)) {
    throw new TributaryError("TRB_AUDIT_OTHER_MODEL", "The index was built for another model.", {
      details: `base ${stored.manifest.base}, adapters ${stored.manifest.adapters.join(", ")}`,
      hint: "Put the model that the index names beside it, under the same number.",
    });
  }
  const options = optionsOf(stored);
  const searched = stored.manifest.method.search;
  const work = async (subject: Subject, spill: SpillFile): Promise<Audit> => {
    const { blindingSeed } = stored.index;
    const { built, sketch } = await attributeSubject(
      subject,
      model,
      options,
      blindingSeed,
      spill,
      onProgress,
    );
    const differences = [...onChain, ...compare(stored, loadInfluence(workspace, stored), built, sketch)];
    if (searched !== undefined) {
      const again = search ? await searchAgain(subject, model, options, searched, onProgress) : undefined;
      differences.push(...compareSearch(stored.manifest.method.ridge, searched, again));
    }
    if (!skipTraining) differences.push(...(await auditMembers(subject, model, onProgress)));
    if (!phiOnly) {
      onProgress({ stage: "commit to the index", done: 0, total: 1 });
      const { x, y } = await withSrs(built.index.tier, (srs) => commitIndex(built.index, srs), keys);
      if (x !== stored.commitment.x || y !== stored.commitment.y) {
        differences.push({
          code: "TRB_AUDIT_COMMITMENT",
          details: `C_Φ has x = ${stored.commitment.x}, rebuilt ${x}`,
        });
      }
    }
    return {
      index: stored.number,
      rows: built.manifest.rows,
      registered: registered?.indexId,
      commitment: !phiOnly,
      trained: skipTraining ? 0 : adapters.length,
      search: searched === undefined ? "none" : search ? "repeated" : "recorded",
      differences,
    };
  };
  // Not in the workspace: who audits may not be allowed to write there.
  return withSpill(tmpdir(), (spill) =>
    withSubject(loadDataNetTable(workspace), model, options, onProgress, (subject) => work(subject, spill)),
  );
}
