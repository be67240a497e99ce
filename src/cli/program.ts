import { readFileSync } from "node:fs";
import { Command } from "commander";
import { registerAccounts } from "./commands/accounts.ts";
import { registerChain } from "./commands/chain.ts";
import { registerDataNetCommands } from "./commands/datanet.ts";
import { registerParams } from "./commands/params.ts";
import { registerTrain } from "./commands/train.ts";
import { registerVerify } from "./commands/verify.ts";

const VERSION = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

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
  registerParams(program);
  return program;
}
