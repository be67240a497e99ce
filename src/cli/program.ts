import { Command } from "commander";
import { registerAccounts } from "./commands/accounts.ts";
import { registerChain } from "./commands/chain.ts";
import { registerDataNetCommands } from "./commands/datanet.ts";
import { registerKeys } from "./commands/keys.ts";
import { registerParams } from "./commands/params.ts";
import { registerTrain } from "./commands/train.ts";
import { registerVerify } from "./commands/verify.ts";
import { VERSION } from "./version.ts";

/** The whole command line. Errors are thrown, never printed or turned into an exit by commander itself. */
export function buildProgram(): Command {
  const program = new Command("tributary")
    .description("The people whose data made an answer get their share of the fee, and anybody can check it.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError();
  registerAccounts(program);
  registerChain(program);
  registerDataNetCommands(program);
  registerTrain(program);
  registerVerify(program);
  registerKeys(program);
  registerParams(program);
  return program;
}
