import assert from "node:assert/strict";
import { appendFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(() => folder.remove());

const CONSUMER = "contracts/examples/AttributionConsumer.sol";
const SAME = {
  file: CONSUMER,
  remove: "contract AttributionConsumer",
  insert: "contract  AttributionConsumer",
};

test("during a run of mutants, what an attack patches is compiled with the sources as they are, not the mutant's", async () => {
  await cp(new URL("../../../contracts/", import.meta.url), join(folder.path, "contracts"), {
    recursive: true,
  });
  process.env.TRIBUTARY_PRISTINE = folder.path;
  const { compileMutant } = await import("../../helpers/mutant-contract.ts");
  const { bytecode } = await compileMutant(CONSUMER, SAME);
  assert.ok(bytecode.length > 2);
  // A file that is not patched itself.
  await appendFile(join(folder.path, "contracts/interfaces/IVerifierRouter.sol"), "no Solidity");
  await assert.rejects(compileMutant(CONSUMER, SAME), /ParserError/);
});
