import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { test } from "node:test";

const SRC = new URL("../../src/", import.meta.url);

test("an error code's first word is what a file or folder of src begins with: where it is thrown can be found", async () => {
  const names = new Set<string>();
  const codes = new Map<string, string>();
  for await (const path of glob("**/*.ts", { cwd: SRC })) {
    for (const name of path.split("/")) names.add(name.replace(".ts", ""));
    const text = await readFile(new URL(path, SRC), "utf8");
    for (const [code, word] of text.matchAll(/\bTRB_([A-Z]+)_[A-Z_]*/g)) codes.set(code, word!);
  }
  assert.ok(codes.size > 100);
  const begins = (word: string): boolean => [...names].some((name) => name.startsWith(word.toLowerCase()));
  assert.deepEqual(
    [...codes].filter(([, word]) => !begins(word)).map(([code]) => code),
    [],
  );
});
