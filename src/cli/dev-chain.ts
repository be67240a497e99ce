import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { EthereumProvider } from "hardhat/types/providers";
import { custom, type Transport } from "viem";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import type { ChainJournal } from "./chain-journal.ts";
import { DEVELOPMENT_ACCOUNTS, developmentKey } from "./development-keys.ts";
import { DEFAULT_FORK, type Fork, simulatedNetwork } from "./forks.ts";
import { KeptChain } from "./kept-chain.ts";

/** In wei: ten thousand ether. */
const BALANCE = 10n ** 22n;
const LOOPBACK = "127.0.0.1";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The simulated chain's environment. Loaded late: it takes a third of a second that no other command should wait.
 *
 * @param seconds the first block's second; now where undefined
 */
async function loadEnvironment(fork: Fork, seconds?: number) {
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  return createHardhatRuntimeEnvironment(
    {
      networks: {
        dev: {
          ...simulatedNetwork(fork),
          chainId: Number(DEVELOPMENT_CHAIN_ID),
          ...(seconds !== undefined && { initialDate: new Date(1000 * seconds) }),
          accounts: Array.from({ length: DEVELOPMENT_ACCOUNTS }, (_, place) => ({
            privateKey: developmentKey(place),
            balance: BALANCE,
          })),
        },
      },
    },
    {},
    ROOT,
  );
}

export interface InProcessChain {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** A simulated chain that lives and dies with this process, its state in memory, a block for each transaction. */
export async function createInProcessChain(fork: Fork = DEFAULT_FORK): Promise<InProcessChain> {
  const connection = await (await loadEnvironment(fork)).network.create("dev");
  return { transport: custom(connection.provider, { retryCount: 0 }), close: () => connection.close() };
}

export interface ServedChain {
  readonly rpc: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly fork?: Fork;
  /** Where the state is kept; it ends with the process where undefined. Of its chain, where it has one, this becomes a copy. */
  readonly journal?: ChainJournal | undefined;
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
 * @throws TRB_CLI_PORT_IN_USE, TRB_CLI_STATE_DIFFERS
 */
export async function serveDevelopmentChain(
  { port, fork = DEFAULT_FORK, journal }: ServeOptions,
  onProgress: OnProgress = () => {},
): Promise<ServedChain> {
  await requireFreePort(port);
  const seconds = journal?.kept?.header.seconds ?? Math.floor(Date.now() / 1000);
  const { hooks, network } = await loadEnvironment(fork, seconds);
  let provider: EthereumProvider | undefined;
  let kept: KeptChain | undefined;
  hooks.registerHandlers("network", {
    newConnection: async (context, next) => {
      const connection = await next(context);
      provider = connection.provider;
      return connection;
    },
    onRequest: (context, connection, request, next) =>
      kept === undefined
        ? next(context, connection, request)
        : kept.handle(request, () => next(context, connection, request)),
  });
  const server = await network.createServer("dev", LOOPBACK, port);
  if (journal !== undefined) {
    kept = new KeptChain(journal, (request) => provider!.request(request as { method: string }));
    if (journal.kept === undefined) {
      const { hash } = await provider!.request({ method: "eth_getBlockByNumber", params: ["0x0", false] });
      journal.begin({ fork, seconds, genesis: hash });
    } else await kept.replay(journal.kept, onProgress);
    kept.record();
  }
  const address = await server.listen();
  return { rpc: `http://${LOOPBACK}:${address.port}`, close: () => server.close() };
}
