import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { filesOf } from "../../bench/mutants/subjects.ts";

/*
 * `<--` computes a signal and binds it to nothing. Where it stands in the place of `<==`, every honest witness is as before, and
 * a decoy as a range's input takes two edits at once to be found. So the text is looked at, too.
 */
test("a signal that is only computed is in a constraint of the very next line", async () => {
  const hints: string[] = [];
  for (const file of await filesOf(["circuits/**/*.circom"])) {
    const lines = (await readFile(file, "utf8")).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").split("\n");
    for (const [i, line] of lines.entries()) {
      if (!/<--|-->/.test(line)) continue;
      const signal = /^\s*([\w.[\]]+) <-- /.exec(line)?.[1] ?? assert.fail(`${file}: ${line}`);
      const next = lines[i + 1]!;
      assert.ok(next.includes("===") && next.includes(signal), `${file}: ${line.trim()}\n${next.trim()}`);
      hints.push(signal);
    }
  }
  assert.deepEqual(hints.sort(), ["bit[i]", "magnitude", "quotient[i]"]);
});
