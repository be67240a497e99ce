import {
  type Address,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  keccak256,
} from "viem";
import { TributaryError } from "../core/errors.ts";
import type { G2 } from "../crypto/points.ts";
import { verifierRouterAbi } from "../generated/abis.ts";
import { paramsDigest } from "../params/digest.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import { requireSafeKey } from "../protocol/development-key.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import { type ContractName, readContractArtifact } from "./artifacts.ts";
import type { ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { finishEarlier } from "./outbox/send.ts";
import { send } from "./send.ts";

export interface DeploymentPlan {
  /** Hardhat's artifacts folder, with a slash at its end. */
  readonly artifacts: URL;
  /** One for each tier; all of one [τ]₂. */
  readonly verifyingKeys: readonly VerifyingKey[];
  /** Gets the whole supply of OPEN. */
  readonly holder: Address;
  /** Owns the router (verifiers come and go) and the reserve: a timelock, in production. */
  readonly governance: Address;
  /** May stop a verifier at once, and do nothing else. */
  readonly guardian: Address;
  /** Who may withdraw the platform's share of fees, and the stakers'. */
  readonly platform: Address;
  readonly stakers: Address;
  /** From a batch's commit to its deadline. */
  readonly settleWindowSeconds: bigint;
}

/** Deploys one contract; says so where it did not land where the others were told it would. */
async function deployContract(
  sender: ChainSender,
  plan: DeploymentPlan,
  name: ContractName,
  args: readonly unknown[],
  expected?: Address,
): Promise<Address> {
  const { abi, bytecode } = await readContractArtifact(plan.artifacts, name);
  const receipt = await send(sender, { data: encodeDeployData({ abi, bytecode, args }) });
  const address = receipt.contractAddress as Address;
  if (expected === undefined || address.toLowerCase() === expected.toLowerCase()) return address;
  throw new TributaryError(
    "TRB_SETTLEMENT_NONCE",
    "The deploying account sent another transaction in between.",
    {
      details: `${name} is at ${address}, not at ${expected}`,
      hint: "Deploy again, with an account that does nothing else meanwhile.",
    },
  );
}

/** [τ]₂ of the keys, which treasury, router and every verifier share. */
function sharedTau(keys: readonly VerifyingKey[]): G2 {
  const [first] = keys;
  if (
    first !== undefined &&
    keys.every(({ tau }) => `${tau.x},${tau.y}` === `${first.tau.x},${first.tau.y}`)
  ) {
    return first.tau;
  }
  throw new TributaryError(
    "TRB_SETTLEMENT_KEYS",
    "A deployment takes one or more keys over one reference string.",
    {
      details: keys.map(({ tier }) => tier).join(", ") || "no keys",
      hint: "Make the keys of all tiers from the same powers of tau.",
    },
  );
}

const g2 = [
  {
    type: "tuple",
    components: [
      { name: "x", type: "uint256[2]" },
      { name: "y", type: "uint256[2]" },
    ],
  },
] as const;

/**
 * Deploys every contract, wired to each other, and adds the verifiers to the router.
 *
 * Positions, treasury, reserve and settlement name each other in their constructors, so that no setter can rewire them later:
 * the addresses that do not exist yet are computed from the deploying account's nonce.
 *
 * @throws TRB_SETTLEMENT_ARTIFACT, TRB_SETTLEMENT_KEYS, TRB_SETTLEMENT_NONCE, TRB_KEY_DEVELOPMENT, …
 */
export async function deployAll(sender: ChainSender, plan: DeploymentPlan): Promise<Deployment> {
  const { client, account, chainId } = sender;
  // The treasury's constructor and the verifiers' would refuse it, with half of the contracts deployed and paid for.
  for (const key of plan.verifyingKeys) requireSafeKey(key, chainId);
  const tau = sharedTau(plan.verifyingKeys);
  const block = await guarded(() => client.getBlockNumber());
  const deploy = (name: ContractName, args: readonly unknown[], expected?: Address) =>
    deployContract(sender, plan, name, args, expected);

  await finishEarlier(sender);
  const nonce = await guarded(() => client.getTransactionCount({ address: account.address }));
  const addressAt = (place: number): Address =>
    getContractAddress({ from: account.address, nonce: BigInt(nonce + place) });
  const [treasuryAddress, reserveAddress, settlementAddress] = [addressAt(4), addressAt(5), addressAt(6)];

  const openToken = await deploy("OpenToken", [plan.holder]);
  const dataNetRegistry = await deploy("DataNetRegistry", [treasuryAddress]);
  const tauDigest = keccak256(encodeAbiParameters(g2, [tau]));
  const verifierRouter = await deploy("VerifierRouter", [account.address, plan.guardian, tauDigest]);
  const modelRegistry = await deploy("ModelRegistry", [dataNetRegistry, verifierRouter]);
  const treasury = await deploy(
    "Treasury",
    [
      openToken,
      dataNetRegistry,
      modelRegistry,
      reserveAddress,
      settlementAddress,
      [plan.platform, plan.stakers],
      plan.settleWindowSeconds,
      tau,
    ],
    treasuryAddress,
  );
  const dataNetReserve = await deploy("DataNetReserve", [treasury, plan.governance], reserveAddress);
  const settlement = await deploy("Settlement", [treasury, verifierRouter], settlementAddress);

  const verifiers = await deployVerifiers(sender, plan, verifierRouter);
  return {
    chainId,
    block,
    paramsDigest: paramsDigest(),
    contracts: {
      openToken,
      dataNetRegistry,
      modelRegistry,
      verifierRouter,
      settlement,
      treasury,
      dataNetReserve,
    },
    verifiers,
  };
}

/** A verifier for each key, added to the router, which then is offered to governance (two steps: governance accepts). */
async function deployVerifiers(
  sender: ChainSender,
  plan: DeploymentPlan,
  router: Address,
): Promise<Partial<Record<TierName, Address>>> {
  const verifiers: Partial<Record<TierName, Address>> = {};
  const abi = verifierRouterAbi;
  for (const key of plan.verifyingKeys) {
    const address = await deployContract(sender, plan, "AttributionVerifier", verifierArguments(key));
    await send(sender, {
      to: router,
      data: encodeFunctionData({ abi, functionName: "add", args: [address] }),
    });
    verifiers[key.tier] = address;
  }
  if (plan.governance.toLowerCase() !== sender.account.address.toLowerCase()) {
    const data = encodeFunctionData({
      abi: ownableAbi,
      functionName: "transferOwnership",
      args: [plan.governance],
    });
    await send(sender, { to: router, data });
  }
  return verifiers;
}

/** The constructor's arguments of a verifier. */
export function verifierArguments({ tier, ...key }: VerifyingKey): readonly unknown[] {
  const { traces, positions, width } = TIERS[tier];
  return [{ traces, positions, width }, key];
}

const ownableAbi = [
  {
    type: "function",
    name: "transferOwnership",
    inputs: [{ name: "newOwner", type: "address" }],
    outputs: [],
    stateMutability: "nonpayable",
  },
] as const;
