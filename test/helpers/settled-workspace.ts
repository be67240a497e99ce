import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInProcessChain } from "../../src/cli/dev-chain.ts";
import { deployDevelopment, developmentCast } from "../../src/cli/development.ts";
import type { AuditChain } from "../../src/operations/audit/registration.ts";
import { commitWaiting } from "../../src/operations/commit.ts";
import type { Cast } from "../../src/operations/demo/epoch.ts";
import { DEFAULT_SPLIT } from "../../src/operations/fees.ts";
import { importVersion, loadDataNetBody } from "../../src/operations/import.ts";
import { buildIndex } from "../../src/operations/index/build-index.ts";
import { registerIndexOf } from "../../src/operations/index/register-index.ts";
import { developmentSource } from "../../src/operations/keys/key-source.ts";
import { proveBatches } from "../../src/operations/proving/prove.ts";
import { serveRequests } from "../../src/operations/serve.ts";
import { settleBundles } from "../../src/operations/settle.ts";
import { trainModel } from "../../src/operations/training/train.ts";
import { pinnedKey } from "../../src/operations/verify.ts";
import type { TierName } from "../../src/params/tiers.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import type { Deployment } from "../../src/settlement/deployment.ts";
import { type Workspace, workspaceAt } from "../../src/workspace/workspace.ts";
import { TOY_LABELS, toyPoints } from "./toy-model.ts";

/** An index that serves. */
export interface Epoch {
  readonly number: number;
  readonly tier: TierName;
  /** Answers some of four requests, and commits them as one batch. @returns its name */
  commit(from: number, to: number): Promise<string>;
  /** Proves a batch and settles it. */
  settle(name: string): Promise<void>;
}

/** The columns of the toy rows. */
export const TOY_COLUMNS = {
  features: Array.from({ length: 12 }, (_, j) => String(j)),
  label: "12",
  contributor: "13",
};

/** A file of toy rows, dealt to contributors `owner-0`, `owner-1`, … in turn. */
export function writeToyRows(file: string, count: number, seed: number, contributors: number): void {
  const { points, labels } = toyPoints(count, seed);
  const lines = points.map((row, i) =>
    [...row, TOY_LABELS[labels[i]!], `owner-${i % contributors}`].join(","),
  );
  writeFileSync(file, `${lines.join("\n")}\n`);
}

/** A workspace from rows to one settled batch and one that waits, on a chain in this process, by the commands' own steps. */
export interface SettledWorkspace {
  readonly workspace: Workspace;
  readonly deployment: Deployment;
  readonly chain: AuditChain;
  /** The settled batch and the committed one. */
  readonly names: readonly [string, string];
  readonly cast: Cast;
  /** Trains on the newest version, and builds and registers an index. */
  epoch(): Promise<Epoch>;
  /** A copy of the workspace that a test may change. */
  copy(): Workspace;
  close(): Promise<void>;
}

const FEE = 2_000_000n;
const quiet = (): void => {};

export async function settledWorkspace(): Promise<SettledWorkspace> {
  const root = mkdtempSync(join(tmpdir(), "tributary-settled-"));
  const workspace = workspaceAt(join(root, "it"));
  const { transport, close } = await createInProcessChain();
  const deployment = await deployDevelopment(transport, quiet);
  const cast = await developmentCast(transport);

  writeToyRows(join(root, "rows.csv"), 150, 3, 5);
  const source = { file: join(root, "rows.csv"), columns: TOY_COLUMNS, seed: 1, tier: "mini" } as const;
  await importVersion(workspace, { ...source, heldOut: { fraction: 0.2 } }, quiet);
  const epoch = async (): Promise<Epoch> => {
    await trainModel(workspace, { adapter: { kind: "linear" }, seed: 1, ridge: 1e-3 }, quiet);
    const { index, number } = await buildIndex(workspace, {}, quiet);
    const owners = loadDataNetBody(workspace).contributors.map((_, position) => cast.ownerOf(position));
    const operator = cast.operatorAccount;
    const { registered } = await registerIndexOf(
      { workspace, deployment, sender: cast.modelOwner },
      { owners, operator: operator.address, split: DEFAULT_SPLIT },
      quiet,
    );
    const service = { workspace, reader: cast.operator, deployment, operator };
    const { indexId } = registered;
    return {
      number,
      tier: index.tier,
      commit: async (from, to) => {
        const requests = toyPoints(4, 8).points.slice(from, to);
        const options = { epoch: number, registered, fee: FEE, payer: cast.payer };
        await serveRequests(service, options, requests, quiet);
        const batch = { epoch: number, indexId, tier: index.tier };
        const { names } = await commitWaiting(workspace, cast.operator, deployment, batch, quiet);
        return names[0]!;
      },
      settle: async (name) => {
        await proveBatches(workspace, { names: [name], recipient: cast.prover.account.address }, quiet);
        await settleBundles(workspace, cast.prover, deployment, quiet, [name]);
      },
    };
  };
  const first = await epoch();
  const names = [await first.commit(0, 2), await first.commit(2, 4)] as const;
  await first.settle(names[0]);

  let copies = 0;
  return {
    workspace,
    deployment,
    chain: {
      reader: cast.prover,
      deployment,
      keyDigest: async (tier) => keyDigest(await pinnedKey(developmentSource, tier)),
    },
    names,
    cast,
    epoch,
    copy: () => {
      const dir = join(root, `copy-${++copies}`);
      cpSync(workspace.dir, dir, { recursive: true });
      return workspaceAt(dir);
    },
    close: async () => {
      await close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
