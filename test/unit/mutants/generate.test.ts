import assert from "node:assert/strict";
import { test } from "node:test";
import { circomChanges } from "../../../bench/mutants/circom.ts";
import { EQUIVALENT } from "../../../bench/mutants/equivalent.ts";
import { generateMutants } from "../../../bench/mutants/generate.ts";
import { type Change, mutantsOf } from "../../../bench/mutants/mutant.ts";
import { solidityChanges } from "../../../bench/mutants/solidity.ts";
import { filesOf } from "../../../bench/mutants/subjects.ts";
import { typescriptChanges } from "../../../bench/mutants/typescript.ts";

const files = await generateMutants();

/** The changed lines of all mutants of a text, each behind its operator. */
const mutants = (text: string, changes: (text: string) => Change[]): string[] =>
  mutantsOf("file", text, changes(text)).map(({ operator, after }) => `${operator}: ${after}`);

const includes = (all: readonly string[], wanted: readonly string[]): void => {
  for (const one of wanted) assert.ok(all.includes(one), `${one}\nis none of\n${all.join("\n")}`);
};

test("TypeScript: guards, conditions, calls, entries of a hash, rules, patterns and randomness", () => {
  const text = `
export function check(x: bigint, text: string): bigint {
  // if (a comment) nothing;
  if (x < 0n || x >= R) throw new RangeError("x < 0n");
  verify(x);
  const rule = z.array(scalar).min(1);
  const blind = randomScalar();
  return challenge([TAG, x, blind]) + BigInt(/^0x/.test(text) ? 1 : 0);
}
`;
  const all = mutants(text, typescriptChanges);
  includes(all, [
    'guard removed: if (false) throw new RangeError("x < 0n");',
    'condition dropped: if (false || x >= R) throw new RangeError("x < 0n");',
    'condition dropped: if (x < 0n || false) throw new RangeError("x < 0n");',
    'comparison flipped: if (x <= 0n || x >= R) throw new RangeError("x < 0n");',
    'number plus one: if (x < 1n || x >= R) throw new RangeError("x < 0n");',
    "call removed: ;",
    "rule dropped: const rule = z.array(scalar);",
    "randomness constant: const blind = 7n;",
    "entry dropped: return challenge([x, blind]) + BigInt(/^0x/.test(text) ? 1 : 0);",
    "entry dropped: return challenge([TAG, x]) + BigInt(/^0x/.test(text) ? 1 : 0);",
    "pattern unanchored: return challenge([TAG, x, blind]) + BigInt(/0x/.test(text) ? 1 : 0);",
  ]);
  assert.ok(!all.some((one) => one.includes("comment")));
});

test("circom: constraints, assignments, ranges and loops", () => {
  const text = `
template T(n) {
    signal input in[n];
    component range[n];
    for (var i = 0; i < n; i++) {
        range[i] = Range(SHIFT(), 0);
        range[i].in <== in[i];
    }
    in[0] * in[1] === 1;
}
`;
  includes(mutants(text, circomChanges), [
    "loop shortened: for (var i = 0; i < n - 1; i++) {",
    "range width: range[i] = Range(SHIFT() + 1, 0);",
    "range width: range[i] = Range(SHIFT() - 1, 0);",
    "constraint of an assignment removed: range[i].in <-- in[i];",
    "component detached: range[i].in <== 0;",
    "constraint removed: ",
    "arithmetic changed: in[0] + in[1] === 1;",
  ]);
});

test("Solidity: guards, modifiers, what a hash takes, values of a tuple, and assembly", () => {
  const text = `
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;
contract C {
    uint256 a; uint256 b;
    error Wrong();
    modifier onlyOwner() { _; }
    function f(uint256 x) external onlyOwner returns (bytes32 hash) {
        if (x == 0 || x > 5) revert Wrong(); // π, two bytes
        (a, b) = (x, 1);
        g(x);
        hash = keccak256(abi.encode(a, b, x));
        assembly { hash := and(hash, 1) }
    }
    function g(uint256 x) internal {}
}
`;
  includes(mutants(text, solidityChanges), [
    "guard removed: if (false) revert Wrong(); // π, two bytes",
    "condition dropped: if (false || x > 5) revert Wrong(); // π, two bytes",
    "comparison flipped: if (x == 0 || x >= 5) revert Wrong(); // π, two bytes",
    "modifier removed: function f(uint256 x) external returns (bytes32 hash) {",
    "value zeroed: (a, b) = (0, 1);",
    "call removed: ",
    "argument dropped: hash = keccak256(abi.encode(b, x));",
    "argument dropped: hash = keccak256(abi.encode(a, b));",
    "assembly changed: assembly { hash := or(hash, 1) }",
  ]);
});

test("a mutant keeps its key where other lines move, and equal lines have different ones", () => {
  const text = "\nf(\n  1,\n);\nif (a) b();\nif (a) b();\n";
  const keys = (all: string) => mutantsOf("file", all, typescriptChanges(all)).map(({ key }) => key);
  assert.deepEqual(keys(`\n\n${text}`), keys(text));
  assert.equal(new Set(keys(text)).size, keys(text).length);
});

test("every contract and circuit has mutants, but for interfaces, examples, written files and what only computes constants", async () => {
  const all = await filesOf(["contracts/**/*.sol", "circuits/**/*.circom"]);
  const without = /\/(interfaces|examples|generated)\//;
  assert.deepEqual(
    all.filter((file) => !without.test(file)).filter((file) => !files.some((one) => one.file === file)),
    [],
  );
});

test("what was reviewed as equivalent is still a mutant, and has a reason", () => {
  const there = new Set(
    files.flatMap(({ mutants: all }) => all.map((one) => `${one.file}\n${one.before}\n${one.after}`)),
  );
  for (const { file, before, after, reason } of EQUIVALENT) {
    assert.ok(there.has(`${file}\n${before}\n${after}`), `no mutant: ${file}\n- ${before}\n+ ${after}`);
    assert.ok(reason.length > 10);
  }
});
