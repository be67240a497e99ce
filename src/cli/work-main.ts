import { buildProgram } from "./program.ts";
import { answerError, becomeWorkProcess } from "./work-process.ts";

/** Where the process of a long computation begins: the same command line as in the one at the terminal, which has the locks. */
await becomeWorkProcess();
try {
  await (await buildProgram(process.argv[2])).parseAsync();
} catch (error) {
  await answerError(error);
}
