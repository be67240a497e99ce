import { readFile } from "node:fs/promises";
import { encodeAbiParameters, getContractAddress, type Hex, keccak256, parseAbiParameters } from "viem";
import type { G2 } from "../../src/crypto/points.ts";
import { TIERS } from "../../src/params/tiers.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { type Compiled, type Contract, startChain, type TestChain } from "./chain.ts";
import { trapdoorKey } from "./trapdoor.ts";

/** Where each contract's source is: also what a mutant of it is compiled from. */
export const SOURCES = {
  OpenToken: "contracts/token/OpenToken.sol",
  DataNetRegistry: "contracts/datanet/DataNetRegistry.sol",
  DataNetPositions: "contracts/datanet/DataNetPositions.sol",
  ModelRegistry: "contracts/model/ModelRegistry.sol",
  AttributionVerifier: "contracts/verification/AttributionVerifier.sol",
  VerifierRouter: "contracts/verification/VerifierRouter.sol",
  Settlement: "contracts/settlement/Settlement.sol",
  Treasury: "contracts/treasury/Treasury.sol",
  DataNetReserve: "contracts/rewards/DataNetReserve.sol",
  AttributionConsumer: "contracts/examples/AttributionConsumer.sol",
} as const;

/** Parts of the treasury that tests make mutants of. */
export const TREASURY_PARTS = {
  escrow: "contracts/fees/FeeEscrow.sol",
  records: "contracts/fees/Records.sol",
  vault: "contracts/rewards/RewardVault.sol",
  books: "contracts/treasury/Books.sol",
  ledgers: "contracts/treasury/Ledgers.sol",
} as const;

export type ContractName = keyof typeof SOURCES;
export type Mutants = Partial<Record<ContractName, Compiled>>;

export const SETTLE_WINDOW = 14n * 24n * 3600n;

/** A contract as Hardhat built it. */
export async function built(name: ContractName): Promise<Compiled & { readonly deployedBytecode: Hex }> {
  const path = new URL(`../../artifacts/hardhat/${SOURCES[name]}/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(path, "utf8"));
}

/** Constructor arguments of an AttributionVerifier. */
export function verifierArguments({ tier, ...key }: VerifyingKey): readonly unknown[] {
  const { traces, positions, width } = TIERS[tier];
  return [{ traces, positions, width }, key];
}

/** Constructor arguments of a Treasury that has one account for everything but the registry. */
export const treasuryArguments = (account: string, datanets: string, tau: G2): readonly unknown[] => [
  account,
  datanets,
  account,
  account,
  account,
  [account, account],
  SETTLE_WINDOW,
  tau,
];

const tauDigest = ({ tau }: VerifyingKey) =>
  keccak256(encodeAbiParameters(parseAbiParameters("uint256[2], uint256[2]"), [tau.x, tau.y]));

/** Every contract on one chain, and who is who there. */
export type World = Awaited<ReturnType<typeof deployWorld>>;

export interface WorldOptions {
  readonly chainId?: number;
  /** An empty one, instead of a new one with `chainId`. */
  readonly chain?: TestChain;
  /** The mini tier's key by default: the trapdoor one. */
  readonly key?: VerifyingKey;
  /** Other code for some of the contracts. */
  readonly mutants?: Mutants;
}

/**
 * Deploys all contracts. The admin account is governance, holds all OPEN, and owns what is made;
 * the others are accounts 1 to 5.
 */
export async function deployWorld({
  chainId,
  chain: given,
  key = trapdoorKey("mini"),
  mutants = {},
}: WorldOptions = {}) {
  const chain = given ?? (await startChain(chainId));
  const [admin, guardian, operator, platform, stakers, recipient] = chain.accounts.map((a) => a.address);
  const deploy = async (name: ContractName, args: readonly unknown[]) =>
    chain.deploy(mutants[name] ?? (await built(name)), args);

  const nonce = await chain.client.getTransactionCount({ address: admin! });
  const next = (i: number) => getContractAddress({ from: admin!, nonce: BigInt(nonce + i) });
  const open = await deploy("OpenToken", [admin]);
  const datanets = await deploy("DataNetRegistry", [next(4)]);
  const router = await deploy("VerifierRouter", [admin, guardian, tauDigest(key)]);
  const models = await deploy("ModelRegistry", [datanets.address, router.address]);
  const treasury = await deploy("Treasury", [
    open.address,
    datanets.address,
    models.address,
    next(5),
    next(6),
    [platform, stakers],
    SETTLE_WINDOW,
    key.tau,
  ]);
  const reserve = await deploy("DataNetReserve", [treasury.address, admin]);
  const settlement = await deploy("Settlement", [treasury.address, router.address]);
  const verifier = await deploy("AttributionVerifier", verifierArguments(key));
  const { result: selector } = await chain.send(router, "add", [verifier.address]);

  const contracts = { open, datanets, router, models, treasury, reserve, settlement, verifier };
  const people = { admin, guardian, operator, platform, stakers, recipient } as Record<
    "admin" | "guardian" | "operator" | "platform" | "stakers" | "recipient",
    `0x${string}`
  >;
  await chain.send(open, "transfer", [people.operator, 10n ** 24n]);
  await chain.send(open, "approve", [treasury.address, 2n ** 256n - 1n], chain.accounts[2]);
  return { chain, ...contracts, key, people, selector: selector as `0x${string}`, close: chain.close };
}

/** Units that the treasury owes to a book's positions. */
export const owed = async (world: World, book: bigint): Promise<bigint> =>
  (await world.chain.read<{ owed: bigint }>(world.treasury, "accountOf", [book])).owed;

/** OPEN of an address, in wei. */
export const balance = (world: World, of: Contract | `0x${string}`): Promise<bigint> =>
  world.chain.read(world.open, "balanceOf", [typeof of === "string" ? of : of.address]);
