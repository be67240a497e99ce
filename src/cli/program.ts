import { Command } from "commander";
import { VERSION } from "./version.ts";

type Register = (program: Command) => void;

/**
 * The commands, in the order in which a user meets them. Each module is loaded when its command is asked for: together
 * they bring an ONNX runtime, a prover and a chain client, which takes a second that `--json` in a loop would feel.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ["demo", async () => (await import("./commands/demo.ts")).registerDemo],
  ["chain", async () => (await import("./commands/chain.ts")).registerChain],
  ["datanet", async () => (await import("./commands/datanet.ts")).registerDataNetCommands],
  ["train", async () => (await import("./commands/train.ts")).registerTrain],
  ["model", async () => (await import("./commands/model.ts")).registerModel],
  ["index", async () => (await import("./commands/index-build.ts")).registerIndex],
  ["register", async () => (await import("./commands/register.ts")).registerRegister],
  ["infer", async () => (await import("./commands/infer.ts")).registerInfer],
  ["batch", async () => (await import("./commands/batch.ts")).registerBatch],
  ["prove", async () => (await import("./commands/prove.ts")).registerProve],
  ["verify", async () => (await import("./commands/verify.ts")).registerVerify],
  ["bundle", async () => (await import("./commands/bundle.ts")).registerBundle],
  ["settle", async () => (await import("./commands/settle.ts")).registerSettle],
  ["earned", async () => (await import("./commands/earned.ts")).registerEarned],
  ["claim", async () => (await import("./commands/claim.ts")).registerClaim],
  ["audit", async () => (await import("./commands/audit.ts")).registerAuditFile],
  ["explain", async () => (await import("./commands/explain.ts")).registerExplain],
  ["receipt", async () => (await import("./commands/receipt.ts")).registerReceipt],
  ["withdraw", async () => (await import("./commands/withdraw.ts")).registerWithdraw],
  ["accounts", async () => (await import("./commands/accounts.ts")).registerAccounts],
  ["evaluate", async () => (await import("./commands/evaluate.ts")).registerEvaluate],
  ["keys", async () => (await import("./commands/keys.ts")).registerKeys],
  ["params", async () => (await import("./commands/params.ts")).registerParams],
]);

/**
 * The command line. Errors are thrown, never printed or turned into an exit by commander itself.
 *
 * @param asked the first word of the command line: only its command is loaded, all of them where it is none's name
 */
export async function buildProgram(asked?: string): Promise<Command> {
  const program = new Command("tributary")
    .description("The people whose data made an answer get their share of the fee, and anybody can check it.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError();
  const one = asked === undefined ? undefined : COMMANDS.get(asked);
  for (const load of one === undefined ? COMMANDS.values() : [one]) (await load())(program);
  return program;
}
