import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { getAddress, isAddress, type LocalAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import { openKeystore } from "../settlement/keystore.ts";
import { readKeystore } from "../settlement/keystore-file.ts";
import { readPassword } from "../settlement/password.ts";
import { listNames, type Workspace } from "../workspace/workspace.ts";
import { developmentKey, FIRST_CONTRIBUTOR } from "./development-keys.ts";
import { wholeNumber } from "./row-options.ts";

/** The services of a development chain, by the place of their account under the development mnemonic. */
const SERVICES = [
  "deployer",
  "operator",
  "payer",
  "model-owner",
  "prover",
  "platform",
  "stakers",
  "governor",
] as const;
const CONTRIBUTOR = /^contributor-(0|[1-9][0-9]{0,3})$/;
const ACCOUNT_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

export interface ChainLocation {
  readonly rpc: string;
  readonly chainId: bigint;
}

/** Development accounts are for chain 31337 on this machine only: everybody has their keys. */
export function isDevelopment({ rpc, chainId }: ChainLocation): boolean {
  const host = URL.canParse(rpc) ? new URL(rpc).hostname : "";
  return chainId === DEVELOPMENT_CHAIN_ID && ["127.0.0.1", "localhost", "[::1]"].includes(host);
}

/** The development account of a name, undefined where the name is not one. */
export function developmentAccount(name: string): LocalAccount | undefined {
  const service = (SERVICES as readonly string[]).indexOf(name);
  const contributor = CONTRIBUTOR.exec(name);
  if (service < 0 && contributor === null) return undefined;
  return privateKeyToAccount(
    developmentKey(service >= 0 ? service : FIRST_CONTRIBUTOR + Number(contributor![1])),
  );
}

export function keystorePath(workspace: Workspace, name: string): string {
  if (!ACCOUNT_NAME.test(name)) {
    throw new TributaryError("TRB_CLI_ACCOUNT_NAME", "This is not a name for an account.", {
      details: name,
      hint: "Letters, digits, dot, dash and underscore, at most 64.",
    });
  }
  return join(workspace.keystore, `${name}.json`);
}

/** Names of the accounts that the workspace keeps, encrypted. */
export function keystoreNames(workspace: Workspace): string[] {
  return listNames(workspace.keystore, /\.json$/).map((file) => file.slice(0, -".json".length));
}

/**
 * The address of a key in the workspace, which needs no password; null where the file does not say.
 *
 * @throws what reading a keystore throws
 */
export const keystoreAddress = (workspace: Workspace, name: string): Hex | null =>
  readKeystore(keystorePath(workspace, name)).address;

/**
 * An address as it was given, or that of a name: a key in the workspace, or a development account on its chain.
 *
 * @throws TRB_CLI_ACCOUNT_UNKNOWN, TRB_CLI_ACCOUNT_ADDRESS, and what reading a keystore throws
 */
export function addressOf(workspace: Workspace, chain: ChainLocation, nameOrAddress: string): Hex {
  if (isAddress(nameOrAddress)) return getAddress(nameOrAddress);
  if (existsSync(keystorePath(workspace, nameOrAddress))) {
    const address = keystoreAddress(workspace, nameOrAddress);
    if (address !== null) return address;
    throw new TributaryError("TRB_CLI_ACCOUNT_ADDRESS", "The keystore does not say whose key it holds.", {
      details: nameOrAddress,
      hint: "Give the address instead of the name.",
    });
  }
  const account = isDevelopment(chain) ? developmentAccount(nameOrAddress) : undefined;
  if (account !== undefined) return account.address;
  throw unknownAccount(chain, nameOrAddress);
}

export interface AccountOptions {
  readonly account: string;
  readonly keystore?: string;
  readonly passwordFd?: number;
}

/** Adds --account, --keystore and --password-fd to a command that signs. */
export function accountOptions(command: Command, fallback: string): Command {
  return command
    .option(
      "--account <name>",
      "who signs: a name in the workspace's keystore or a development account",
      fallback,
    )
    .option("--keystore <file>", "sign with this encrypted key file instead")
    .option(
      "--password-fd <number>",
      "file descriptor to read the keystore's password from (default: the variable TRIBUTARY_PASSWORD)",
      wholeNumber(0, 1e6),
    );
}

/**
 * The account that signs: a key file that was given, a name in the workspace's keystore, or on a development chain a
 * well-known account.
 *
 * @throws TRB_CLI_ACCOUNT_UNKNOWN, and what opening a keystore throws
 */
export async function resolveAccount(
  workspace: Workspace,
  chain: ChainLocation,
  options: AccountOptions,
): Promise<LocalAccount> {
  const path = options.keystore ?? keystorePath(workspace, options.account);
  if (options.keystore !== undefined || existsSync(path)) {
    const source = options.passwordFd === undefined ? {} : { descriptor: options.passwordFd };
    return openKeystore(path, readPassword(source));
  }
  const account = isDevelopment(chain) ? developmentAccount(options.account) : undefined;
  if (account !== undefined) return account;
  throw unknownAccount(chain, options.account);
}

function unknownAccount(chain: ChainLocation, name: string): TributaryError {
  return new TributaryError("TRB_CLI_ACCOUNT_UNKNOWN", "There is no account of this name.", {
    details: isDevelopment(chain)
      ? `${name}; the development chain has ${SERVICES.join(", ")} and contributor-N`
      : `${name}; development accounts work on a local chain ${DEVELOPMENT_CHAIN_ID} only`,
    hint: "Make one with: tributary accounts new NAME. Or give --keystore FILE.",
  });
}
