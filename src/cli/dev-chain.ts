import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { TributaryError } from "../core/errors.ts";

/** Public knowledge: whoever uses it on another chain than a development chain gives his money away. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";
export const DEVELOPMENT_CHAIN_ID = 31337;
/** As many development accounts hold ether: the services' and one for each position of tier small. */
const FUNDED_ACCOUNTS = 160;
const LOOPBACK = "127.0.0.1";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface DevelopmentChain {
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
 * A Hardhat simulated chain in this process, served over JSON-RPC on loopback only. It holds its state in memory
 * and mines a block for each transaction.
 *
 * @param port 0 for any free port
 * @throws TRB_CLI_PORT_IN_USE
 */
export async function startDevelopmentChain(port: number): Promise<DevelopmentChain> {
  await requireFreePort(port);
  // Loaded here because it takes a third of a second that no other command should wait.
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  const hardhat = await createHardhatRuntimeEnvironment(
    {
      networks: {
        dev: {
          type: "edr-simulated",
          chainType: "l1",
          chainId: DEVELOPMENT_CHAIN_ID,
          hardfork: "cancun",
          accounts: { mnemonic: DEVELOPMENT_MNEMONIC, count: FUNDED_ACCOUNTS },
        },
      },
    },
    {},
    ROOT,
  );
  const server = await hardhat.network.createServer("dev", LOOPBACK, port);
  const address = await server.listen();
  return { rpc: `http://${LOOPBACK}:${address.port}`, close: () => server.close() };
}
