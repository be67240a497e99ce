import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { custom, type Transport } from "viem";
import { TributaryError } from "../core/errors.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import { DEFAULT_FORK, type Fork, simulatedNetwork } from "./forks.ts";

/** Public knowledge: whoever uses it on another chain than a development chain gives his money away. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";
/** As many development accounts hold ether: the services' and one for each position of tier small. */
const FUNDED_ACCOUNTS = 160;
const LOOPBACK = "127.0.0.1";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The simulated chain's network manager. Loaded late: it takes a third of a second that no other command should wait. */
async function loadNetworks(fork: Fork) {
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  const { network } = await createHardhatRuntimeEnvironment(
    {
      networks: {
        dev: {
          ...simulatedNetwork(fork),
          chainId: Number(DEVELOPMENT_CHAIN_ID),
          accounts: { mnemonic: DEVELOPMENT_MNEMONIC, count: FUNDED_ACCOUNTS },
        },
      },
    },
    {},
    ROOT,
  );
  return network;
}

export interface InProcessChain {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** A simulated chain that lives and dies with this process, its state in memory, a block for each transaction. */
export async function createInProcessChain(fork: Fork = DEFAULT_FORK): Promise<InProcessChain> {
  const connection = await (await loadNetworks(fork)).create("dev");
  return { transport: custom(connection.provider, { retryCount: 0 }), close: () => connection.close() };
}

export interface ServedChain {
  readonly rpc: string;
  close(): Promise<void>;
}

/** Hardhat's server does not report a taken port, it crashes: so the port is tried first. */
async function requireFreePort(port: number): Promise<void> {
  const probe = createServer().listen(port, LOOPBACK);
  try {
    await once(probe, "listening");
  } catch (cause) {
    throw new TributaryError("TRB_CLI_PORT_IN_USE", "This port cannot be listened on.", {
      details: `${LOOPBACK}:${port}: ${(cause as NodeJS.ErrnoException).code}`,
      hint: "Choose another one with --port, or 0 for any free one.",
      cause,
    });
  }
  probe.close();
  await once(probe, "close");
}

/**
 * The same simulated chain, served over JSON-RPC on loopback only.
 *
 * @param port 0 for any free port
 * @throws TRB_CLI_PORT_IN_USE
 */
export async function serveDevelopmentChain(port: number, fork: Fork): Promise<ServedChain> {
  await requireFreePort(port);
  const server = await (await loadNetworks(fork)).createServer("dev", LOOPBACK, port);
  const address = await server.listen();
  return { rpc: `http://${LOOPBACK}:${address.port}`, close: () => server.close() };
}
