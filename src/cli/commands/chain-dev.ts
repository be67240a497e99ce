import { once } from "node:events";
import { resolve } from "node:path";
import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { toJson } from "../../files/disk.ts";
import { encodeDeployment, parseDeployment } from "../../settlement/deployment.ts";
import { saveChainRecord } from "../../workspace/chain-record.ts";
import { tryLock } from "../../workspace/lock.ts";
import { lockRecords } from "../../workspace/locks.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { transportTo } from "../chain.ts";
import { ChainJournal } from "../chain-journal.ts";
import { addCommand, type Context } from "../command.ts";
import { serveDevelopmentChain } from "../dev-chain.ts";
import { deployDevelopment } from "../development.ts";
import { DEFAULT_FORK, type Fork, forkOption } from "../forks.ts";
import { wholeNumber } from "../row-options.ts";

interface Options {
  readonly port: number;
  readonly fork?: Fork;
  readonly state?: string;
  readonly json: boolean;
}

const DEFAULT_PORT = 8545;

async function untilInterrupted(): Promise<void> {
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

/** The fork of a chain: what is asked for, but a kept chain has its own. */
function forkOf({ fork, state }: Options, journal: ChainJournal | undefined): Fork {
  const kept = journal?.kept?.header.fork;
  if (kept === undefined || fork === undefined || fork === kept) return kept ?? fork ?? DEFAULT_FORK;
  throw new TributaryError("TRB_CLI_STATE_FORK", "The kept chain is at another fork.", {
    details: `${state}: ${kept}, not ${fork}`,
    hint: "Leave --fork out, or name another file with --state.",
  });
}

/** The file that a chain is kept in, for this process alone. */
async function openState(
  state: string | undefined,
): Promise<{ journal: ChainJournal | undefined; leave: () => void }> {
  if (state === undefined) return { journal: undefined, leave: () => {} };
  const path = resolve(state);
  const release = await tryLock(`${path}.lock`, "tributary chain dev");
  if (typeof release === "string") {
    throw new TributaryError("TRB_CLI_STATE_IN_USE", "Another process keeps a chain in this file.", {
      details: `${state}: ${release}`,
      hint: "Use the chain that runs, or name another file with --state.",
    });
  }
  try {
    const journal = await ChainJournal.open(path);
    const leave = (): void => {
      journal.close();
      release();
    };
    return { journal, leave };
  } catch (error) {
    release();
    throw error;
  }
}

interface Running {
  readonly rpc: string;
  readonly deployment: ReturnType<typeof parseDeployment>;
  readonly goesOn: boolean;
  close(): Promise<void>;
}

/** A chain with every contract: a new one, or the one that the file has. */
async function start(
  { onProgress, keys }: Context,
  options: Options,
  journal: ChainJournal | undefined,
): Promise<Running> {
  const { port } = options;
  const served = await serveDevelopmentChain({ port, fork: forkOf(options, journal), journal }, onProgress);
  const kept = journal?.kept?.deployment;
  if (kept !== undefined) {
    return { ...served, deployment: parseDeployment(JSON.stringify(kept)), goesOn: true };
  }
  const deployment = await deployDevelopment(transportTo(served.rpc), onProgress, keys);
  journal?.keepDeployment(parseJson(encodeDeployment(deployment)));
  return { ...served, deployment, goesOn: false };
}

/** `tributary chain dev`: a chain of one's own, for as long as the command runs or for longer. */
export function registerChainDev(chain: Command): void {
  addCommand<Options>(chain, {
    usage: "dev",
    summary: "run a development chain on this machine with every contract deployed, until Ctrl-C",
    example:
      "tributary chain dev --port 8545\ntributary chain dev --state chain.state\ntributary chain dev --fork amsterdam",
    options: (command) =>
      command
        .option(
          "--port <number>",
          "port on loopback, 0 for any free one",
          wholeNumber(0, 65535),
          DEFAULT_PORT,
        )
        .option("--state <file>", "keep the chain in this file, and go on with the one that is in it")
        .addOption(forkOption()),
    usesKeys: true,
    interruption: "own",
    run: async (context, options) => {
      const { dir, endProgress } = context;
      const { journal, leave } = await openState(options.state);
      try {
        const { rpc, deployment, goesOn, close } = await start(context, options, journal);
        // Held only for the write: the other commands work in this workspace while the chain runs.
        const release = await lockRecords(dir, ["chain"], "tributary chain dev");
        saveChainRecord(workspaceAt(dir), { rpc, deployment });
        release();
        endProgress();
        const { chainId, contracts } = deployment;
        const how = goesOn ? "The chain goes on where it was, and answers" : "The chain answers";
        const end = journal === undefined ? "ends it" : `stops it; ${options.state} keeps it`;
        const text = `${how} at ${rpc}; chain.json is written. Ctrl-C ${end}.`;
        process.stdout.write(
          `${options.json ? toJson({ ok: true, rpc, chainId, contracts, goesOn }) : text}\n`,
        );
        await untilInterrupted();
        await close();
        return undefined;
      } finally {
        leave();
      }
    },
  });
}
