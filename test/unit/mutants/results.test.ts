import assert from "node:assert/strict";
import { test } from "node:test";
import { amongOthers, withEarlier } from "../../../bench/mutants/results.ts";
import type { Counts, Result } from "../../../bench/mutants/table.ts";

const row = (file: string, killed: number, survived: number, changes: Partial<Counts> = {}): Counts => ({
  file,
  text: "a text",
  commit: "now",
  mutants: 10,
  killed,
  invalid: 0,
  equivalent: 0,
  survived,
  untried: 10 - killed - survived,
  ...changes,
});
const survivor = (file: string) => ({ file, line: 1, operator: "guard removed", before: "a", after: "b" });

const before: Result = {
  files: [row("a", 7, 1, { commit: "then" }), row("b", 3, 0, { commit: "then" })],
  survivors: [survivor("a")],
};

test("a run that knows less of a file than the one before keeps that one's row, with its commit and survivors", () => {
  const now: Result = { files: [row("a", 2, 0), row("b", 3, 1)], survivors: [survivor("b")] };
  assert.deepEqual(withEarlier(now, before), {
    files: [before.files[0], now.files[1]],
    survivors: [survivor("a"), survivor("b")],
  });
});

test("not where the file, or its mutants, are others since", () => {
  for (const changes of [{ text: "another text" }, { mutants: 11 }]) {
    const now: Result = { files: [row("a", 2, 0, changes)], survivors: [] };
    assert.deepEqual(withEarlier(now, before), now);
  }
});

test("rows of files that a run was not about stay, unless the file is gone", () => {
  const now: Result = { files: [row("b", 9, 0), row("c", 1, 0)], survivors: [] };
  assert.deepEqual(
    amongOthers(now, before, (file) => file !== "a"),
    now,
  );
  assert.deepEqual(
    amongOthers(now, before, () => true),
    { files: [before.files[0], ...now.files], survivors: [survivor("a")] },
  );
});
