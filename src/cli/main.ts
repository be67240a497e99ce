import { CommanderError } from "commander";
import { explainError } from "./errors.ts";
import { EXIT } from "./exit-codes.ts";
import { passInterruptionOn } from "./interrupt.ts";
import { printError } from "./output.ts";
import { buildProgram } from "./program.ts";

/** `tributary … | head` closes the pipe early: that is no error of ours. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.ok);
});

try {
  await (await buildProgram(process.argv[2])).parseAsync();
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) {
    process.exitCode = EXIT.ok;
  } else {
    process.exitCode = EXIT.error;
    const helpWasShown = error instanceof CommanderError && error.code === "commander.help";
    if (!helpWasShown) printError(await explainError(error), process.argv.includes("--json"));
    passInterruptionOn();
  }
}
