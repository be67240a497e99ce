import type { LocalAccount, Transport } from "viem";
import type { Hex } from "../core/hex.ts";
import type { OnProgress } from "../core/progress.ts";
import type { Cast } from "../operations/demo/epoch.ts";
import { deployContracts } from "../operations/deploy.ts";
import type { KeySource } from "../operations/keys/key-source.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import { TIER_NAMES } from "../params/tiers.ts";
import { type ChainSender, connectSender } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import type { OutboxStore } from "../settlement/outbox/types.ts";
import { transferCurrency, transferOpen } from "../settlement/token.ts";
import { developmentAccount } from "./accounts.ts";
import { timingOf } from "./chain.ts";

/** OPEN that the operator starts with, in units: enough for a hundred thousand requests at the usual fee. */
const OPERATOR_UNITS = 1_000n * 10n ** 9n;

function developmentSigner(name: string): LocalAccount {
  const account = developmentAccount(name);
  if (account === undefined) throw new RangeError(`${name} is not a development account`);
  return account;
}

export const developmentAddress = (name: string): Hex => developmentSigner(name).address;

/** A run's accounts on a development chain. */
export async function developmentCast(transport: Transport): Promise<Cast> {
  const sender = (name: string): Promise<ChainSender> =>
    connectSender(transport, developmentSigner(name), timingOf(DEVELOPMENT_CHAIN_ID));
  return {
    modelOwner: await sender("model-owner"),
    operator: await sender("operator"),
    operatorAccount: developmentSigner("operator"),
    prover: await sender("prover"),
    payer: developmentAddress("payer"),
    ownerOf: (position) => developmentAddress(`contributor-${position}`),
    senderOf: (position) => sender(`contributor-${position}`),
  };
}

/** Deploys everything on a fresh development chain, a role an account, and gives the operator OPEN for fees. */
export async function deployDevelopment(
  transport: Transport,
  onProgress: OnProgress,
  keys?: KeySource,
): Promise<Deployment> {
  onProgress({ stage: "deploy contracts", done: 0, total: 1 });
  const deployer = await connectSender(
    transport,
    developmentSigner("deployer"),
    timingOf(DEVELOPMENT_CHAIN_ID),
  );
  const roles = {
    holder: deployer.account.address,
    governance: developmentAddress("governor"),
    guardian: developmentAddress("governor"),
    platform: developmentAddress("platform"),
    stakers: developmentAddress("stakers"),
  };
  const deployment = await deployContracts(deployer, roles, TIER_NAMES, keys);
  await transferOpen(deployer, deployment, { to: developmentAddress("operator"), units: OPERATOR_UNITS });
  return deployment;
}

/** Ether for thousands of transactions on a chain where it is worth nothing. */
const GAS_WEI = 10n ** 18n;

/** Gives an account of a development chain what it needs to take part: ether for gas, and OPEN. @param units of OPEN @returns the gas */
export async function fundDevelopment(
  transport: Transport,
  deployment: Deployment,
  { to, units, outbox }: { readonly to: Hex; readonly units: bigint; readonly outbox: OutboxStore },
): Promise<bigint> {
  const options = { ...timingOf(DEVELOPMENT_CHAIN_ID), outbox };
  const deployer = await connectSender(transport, developmentSigner("deployer"), options);
  const currency = await transferCurrency(deployer, { to, wei: GAS_WEI });
  const open = await transferOpen(deployer, deployment, { to, units });
  return currency.gasUsed + open.gasUsed;
}
