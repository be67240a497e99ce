import { existsSync } from "node:fs";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { readJson, readText, writeJson } from "../files/disk.ts";
import { type Deployment, encodeDeployment, parseDeployment } from "../settlement/deployment.ts";
import type { Workspace } from "./workspace.ts";

/** Which chain a workspace talks to: a node and where the contracts are. */
export interface ChainRecord {
  readonly rpc: string;
  readonly deployment: Deployment;
}

const recordSchema = z.strictObject({ rpc: z.url(), deployment: z.unknown() });

/** Writes the workspace's chain.json. */
export function saveChainRecord(workspace: Workspace, { rpc, deployment }: ChainRecord): void {
  writeJson(workspace.chain, { rpc, deployment: parseJson(encodeDeployment(deployment)) });
}

/** A deployment record's text, also where it lies inside of a chain.json. */
function recordText(file: string): string {
  const text = readText(file);
  try {
    const inside = recordSchema.safeParse(parseJson(text));
    return inside.success ? JSON.stringify(inside.data.deployment) : text;
  } catch {
    return text; // parseDeployment says what is wrong with it
  }
}

/**
 * The chain that a command talks to: what was given on the command line, and for the rest the workspace's chain.json.
 *
 * @param rpc a node's URL
 * @param deploymentFile a deployment record, or another workspace's chain.json, of which the node is not taken
 * @throws TRB_WORKSPACE_NO_CHAIN
 */
export function loadChainRecord(
  workspace: Workspace,
  {
    rpc,
    deploymentFile,
  }: { readonly rpc?: string | undefined; readonly deploymentFile?: string | undefined },
): ChainRecord {
  const record = existsSync(workspace.chain) ? readJson(workspace.chain, recordSchema) : undefined;
  const node = rpc ?? record?.rpc;
  const text =
    deploymentFile !== undefined ? recordText(deploymentFile) : record && JSON.stringify(record.deployment);
  if (node !== undefined && text !== undefined) return { rpc: node, deployment: parseDeployment(text) };
  throw new TributaryError("TRB_WORKSPACE_NO_CHAIN", "No chain is known for this command.", {
    details: node === undefined ? "no node" : "no deployment record",
    hint: "Start one with: tributary chain dev. Or give --rpc URL and --deployment FILE.",
  });
}
