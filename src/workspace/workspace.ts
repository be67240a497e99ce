import { readdirSync } from "node:fs";
import { join } from "node:path";
import { TributaryError } from "../core/errors.ts";
import { explainFileError } from "../files/disk.ts";

/** Where each station keeps its files in a workspace; docs/decisions/006-workspace.md says why. */
export interface Workspace {
  readonly dir: string;
  readonly datanet: string;
  /** One folder for each trained model, named by its number from 1. */
  readonly models: string;
  /** One folder for each index, with the number of its model. */
  readonly indexes: string;
  /** Outcomes of models that were trained to choose an index's λ; may be deleted. */
  readonly searches: string;
  /** Traces that are not in a batch yet, and after that beside their batch: secret. */
  readonly traces: string;
  readonly batches: string;
  readonly proofs: string;
  /** The deployment that this workspace talks to. */
  readonly chain: string;
  readonly keystore: string;
  /** Transactions on their way, signed. */
  readonly outbox: string;
}

export function workspaceAt(dir: string): Workspace {
  return {
    dir,
    datanet: join(dir, "datanet"),
    models: join(dir, "model"),
    indexes: join(dir, "index"),
    searches: join(dir, "search"),
    traces: join(dir, "traces"),
    batches: join(dir, "batches"),
    proofs: join(dir, "proofs"),
    chain: join(dir, "chain.json"),
    keystore: join(dir, "keystore"),
    outbox: join(dir, "outbox"),
  };
}

/** Names in a folder that match, sorted as numbers where they are numbers; none where the folder is missing. */
export function listNames(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw explainFileError(error, folder);
  }
}

/**
 * The number that was asked for, or the newest, of the numbered folders of a kind.
 *
 * @throws TRB_WORKSPACE_MISSING with the command that makes one
 */
export function pickNumber(folder: string, asked: number | undefined, what: string, madeBy: string): number {
  const numbers = listNames(folder, /^[1-9][0-9]*$/).map(Number);
  const picked = asked ?? numbers.at(-1);
  if (picked !== undefined && numbers.includes(picked)) return picked;
  throw new TributaryError(
    "TRB_WORKSPACE_MISSING",
    `The workspace has no ${what}${asked ? ` ${asked}` : ""} yet.`,
    {
      details: folder,
      hint: `Make it with: ${madeBy}`,
    },
  );
}
