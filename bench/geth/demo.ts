/**
 * Runs the demo's story on a real node at today's and the next fork's prices, and prints what its transactions took:
 * node bench/geth/demo.ts PATH-OF-GETH
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Abi, createPublicClient, decodeFunctionData, type Hex, http } from "viem";
import { deployDevelopment, developmentAddress, developmentCast } from "../../src/cli/development.ts";
import { settlementAbi, treasuryAbi } from "../../src/generated/abis.ts";
import { runDemo } from "../../src/operations/demo/run.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import type { Deployment } from "../../src/settlement/deployment.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { GAS_FORKS } from "../../test/helpers/gas.ts";
import { makeGenesis } from "./genesis.ts";
import { startGeth } from "./node.ts";

const ROLES = ["deployer", "operator", "payer", "model-owner", "prover", "platform", "stakers", "governor"];
/** Of the data set that ships with the project. */
const CONTRIBUTORS = 14;
const DATA = new URL("../../data/harbour-desk/", import.meta.url).pathname;
const FEE = 10n ** 16n / WEI_PER_UNIT;

async function playDemo(rpc: string, folder: string): Promise<Deployment> {
  const deployment = await deployDevelopment(http(rpc), () => {});
  const source = {
    file: join(DATA, "rows.jsonl"),
    columns: { text: "text", label: "label", contributor: "contributor" },
    heldOut: { file: join(DATA, "held-out.jsonl") },
    name: "Harbour Desk",
    seed: 1,
    tier: "mini",
  } as const;
  const beneficiaries = {
    platform: developmentAddress("platform"),
    stakers: developmentAddress("stakers"),
  };
  const cast = await developmentCast(http(rpc));
  await runDemo(
    { source, written: [], fee: FEE, adapter: { kind: "linear" } },
    { workspace: workspaceAt(folder), deployment, cast, beneficiaries },
    () => {},
  );
  return deployment;
}

/** Gas of every call of treasury and settlement, by function; of a call for several, what each took. */
async function callsOf(rpc: string, { contracts }: Deployment): Promise<Map<string, string[]>> {
  const abis = new Map<Hex, Abi>([
    [contracts.treasury, treasuryAbi],
    [contracts.settlement, settlementAbi],
  ]);
  const calls = new Map<string, string[]>();
  const client = createPublicClient({ transport: http(rpc) });
  const newest = await client.getBlockNumber();
  for (let blockNumber = 1n; blockNumber <= newest; blockNumber++) {
    const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true });
    for (const { hash, to, input } of transactions) {
      const abi = [...abis].find(([address]) => address.toLowerCase() === to?.toLowerCase())?.[1];
      if (abi === undefined) continue;
      const { functionName, args = [] } = decodeFunctionData({ abi, data: input });
      const { gasUsed } = await client.getTransactionReceipt({ hash });
      const many = functionName.endsWith("Many") ? (args.find(Array.isArray)?.length ?? 1) : 1;
      const each = Math.round(Number(gasUsed) / many).toLocaleString("en");
      calls.set(functionName, [...(calls.get(functionName) ?? []), many === 1 ? each : `${many} × ${each}`]);
    }
  }
  return calls;
}

const binary = process.argv[2];
if (binary === undefined) throw new RangeError("node bench/geth/demo.ts PATH-OF-GETH");
const names = [...ROLES, ...Array.from({ length: CONTRIBUTORS }, (_, c) => `contributor-${c}`)];
for (const fork of GAS_FORKS) {
  const folder = await mkdtemp(join(tmpdir(), "tributary-demo-gas-"));
  const genesis = await makeGenesis(binary, fork, 0n, names.map(developmentAddress));
  const node = await startGeth(binary, genesis, "transactions");
  try {
    const calls = await callsOf(node.rpc, await playDemo(node.rpc, folder));
    for (const [name, gas] of calls) process.stdout.write(`${fork}, ${name}: ${gas.join("; ")}\n`);
  } finally {
    await node.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
