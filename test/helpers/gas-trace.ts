import { readFile } from "node:fs/promises";
import type { Hex, TransactionReceipt } from "viem";
import { ROOT } from "../../scripts/setup/circom.ts";
import { type ContractName, SOURCES, type World } from "./world.ts";

/**
 * Where a transaction's gas goes. `evaluation` is what the lists in the calldata cost beside their bytes: hashing, parsing,
 * sums, D(β), encoding them for the next contract and the event's copy of them. It and `calldata` grow with the batch.
 */
export const GAS_KINDS = [
  "transaction",
  "calldata",
  "evaluation",
  "pairing",
  "curve",
  "storage",
  "tokens",
  "logs",
  "calls",
  "rest",
  "refund",
] as const;
export type GasKind = (typeof GAS_KINDS)[number];
export type GasBreakdown = Readonly<Record<GasKind, number>>;

interface Step {
  readonly pc: number;
  readonly op: string;
  readonly gas: number;
  readonly gasCost: number;
  readonly depth: number;
  readonly stack: readonly Hex[];
}

/** For each byte of a contract's code, the source file of the instruction there; "" for the encoder's routines. */
export type SourceOfByte = readonly string[];

const EVALUATION = /\/(PackedAmounts|StatementVector|Transcript|ScalarField)\.sol$|^$/;
const CALLS = new Set(["CALL", "STATICCALL", "DELEGATECALL"]);
const STORAGE = new Set(["SLOAD", "SSTORE", "TLOAD", "TSTORE"]);
const PRECOMPILES: Readonly<Record<string, GasKind>> = { 6: "curve", 7: "curve", 8: "pairing" };
const LOG_DATA_GAS = 8;

/** Splits what a mined transaction cost. The sum over all kinds is what its receipt says. */
export async function gasBreakdown(world: World, receipt: TransactionReceipt): Promise<GasBreakdown> {
  const { client } = world.chain;
  const { input } = await client.getTransaction({ hash: receipt.transactionHash });
  const { structLogs } = await client.request<{
    Method: "debug_traceTransaction";
    Parameters: [Hex, object];
    ReturnType: { structLogs: readonly Step[] };
  }>({
    method: "debug_traceTransaction",
    params: [receipt.transactionHash, { disableMemory: true, disableStorage: true }],
  });
  const gas = Object.fromEntries(GAS_KINDS.map((kind) => [kind, 0])) as Record<GasKind, number>;
  gas.transaction = 21_000;
  for (const byte of Buffer.from(input.slice(2), "hex")) gas.calldata += byte === 0 ? 4 : 16;

  const sources = await sourcesByAddress(world);
  const token = world.open.address.toLowerCase();
  const frames = [receipt.to!.toLowerCase()];
  for (const [i, step] of structLogs.entries()) {
    frames.length = step.depth;
    const next = structLogs[i + 1];
    const target = CALLS.has(step.op) ? BigInt(step.stack.at(-2)!) : undefined;
    const enters = next !== undefined && next.depth > step.depth;
    if (enters) frames[step.depth] = `0x${target!.toString(16).padStart(40, "0")}`;
    // A call's cost as reported contains what it hands on; a precompile's work is seen in what is left afterwards.
    const cost = enters
      ? step.gasCost - next.gas
      : next?.depth === step.depth
        ? step.gas - next.gas
        : step.gasCost;
    const inToken = frames[step.depth - 1] === token || (enters && frames[step.depth] === token);
    if (inToken) gas.tokens += cost;
    else if (target !== undefined) gas[PRECOMPILES[String(target)] ?? "calls"] += cost;
    else if (STORAGE.has(step.op)) gas.storage += cost;
    else if (step.op.startsWith("LOG")) {
      const data = LOG_DATA_GAS * Number(step.stack.at(-2)!);
      gas.evaluation += data;
      gas.logs += cost - data;
    } else {
      const source = sources.get(frames[step.depth - 1]!)?.[step.pc];
      gas[source !== undefined && EVALUATION.test(source) ? "evaluation" : "rest"] += cost;
    }
  }
  const spent = GAS_KINDS.reduce((sum, kind) => sum + gas[kind], 0);
  gas.refund = Number(receipt.gasUsed) - spent;
  return gas;
}

async function sourcesByAddress(world: World): Promise<Map<string, SourceOfByte>> {
  const contracts: readonly [ContractName, Hex][] = [
    ["Settlement", world.settlement.address],
    ["AttributionVerifier", world.verifier.address],
    ["VerifierRouter", world.router.address],
    ["ModelRegistry", world.models.address],
    ["DataNetRegistry", world.datanets.address],
    ["Treasury", world.treasury.address],
  ];
  const entries = contracts.map(
    async ([name, address]) => [address.toLowerCase(), await sourceOfByte(name)] as const,
  );
  return new Map(await Promise.all(entries));
}

interface BuildOutput {
  readonly sources: Readonly<Record<string, { readonly id: number }>>;
  readonly contracts: Readonly<
    Record<
      string,
      Readonly<Record<string, { evm: { deployedBytecode: { object: string; sourceMap: string } } }>>
    >
  >;
}

/** Reads solc's source map: of each instruction, "start:length:file:…;", where an empty field repeats the one before. */
/** Of the deployed code. */
export async function sourceOfByte(name: ContractName): Promise<SourceOfByte> {
  const artifact = JSON.parse(
    await readFile(`${ROOT}artifacts/hardhat/${SOURCES[name]}/${name}.json`, "utf8"),
  );
  const build = `${ROOT}artifacts/hardhat/build-info/${artifact.buildInfoId}.output.json`;
  const { output }: { output: BuildOutput } = JSON.parse(await readFile(build, "utf8"));
  const paths = new Map(Object.entries(output.sources).map(([path, { id }]) => [id, path]));
  const { object, sourceMap } = output.contracts[artifact.inputSourceName]![name]!.evm.deployedBytecode;
  const code = Buffer.from(object, "hex");
  const bytes: string[] = [];
  let file = "";
  let pc = 0;
  for (const entry of sourceMap.split(";")) {
    const [, , id] = entry.split(":");
    if (id) file = paths.get(Number(id)) ?? "";
    bytes[pc] = file;
    const op = code[pc]!;
    pc += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1;
  }
  return bytes;
}
