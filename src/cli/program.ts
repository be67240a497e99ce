import { Command } from "commander";
import { registerAccounts } from "./commands/accounts.ts";
import { registerBatch } from "./commands/batch.ts";
import { registerChain } from "./commands/chain.ts";
import { registerClaim } from "./commands/claim.ts";
import { registerDataNetCommands } from "./commands/datanet.ts";
import { registerDemo } from "./commands/demo.ts";
import { registerIndex } from "./commands/index-build.ts";
import { registerInfer } from "./commands/infer.ts";
import { registerKeys } from "./commands/keys.ts";
import { registerParams } from "./commands/params.ts";
import { registerProve } from "./commands/prove.ts";
import { registerRegister } from "./commands/register.ts";
import { registerSettle } from "./commands/settle.ts";
import { registerTrain } from "./commands/train.ts";
import { registerVerify } from "./commands/verify.ts";
import { VERSION } from "./version.ts";

/** In the order in which a user meets them. */
const COMMANDS = [
  registerDemo,
  registerChain,
  registerDataNetCommands,
  registerTrain,
  registerIndex,
  registerRegister,
  registerInfer,
  registerBatch,
  registerProve,
  registerVerify,
  registerSettle,
  registerClaim,
  registerAccounts,
  registerKeys,
  registerParams,
];

/** The whole command line. Errors are thrown, never printed or turned into an exit by commander itself. */
export function buildProgram(): Command {
  const program = new Command("tributary")
    .description("The people whose data made an answer get their share of the fee, and anybody can check it.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError();
  for (const register of COMMANDS) register(program);
  return program;
}
