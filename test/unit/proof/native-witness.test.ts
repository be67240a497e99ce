import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { TIERS, type TierName } from "../../../src/params/tiers.ts";
import type { SignalValues } from "../../../src/proof/backend.ts";
import { artifactPaths } from "../../../src/proof/keys.ts";
import { nativeWitness } from "../../../src/proof/native-witness.ts";
import { drawCase, drawn } from "../../helpers/circuit-case.ts";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { type CircuitInput, computeWitness, WitnessRefused } from "../../helpers/circuit-witness.ts";
import { builtAddon, withoutNative } from "../../helpers/native.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(folder.remove);
const hash = await loadHashChain();
const native = { skip: withoutNative };

/** The witness in circom's layout, as numbers; undefined where the circuit refuses. */
async function solved(r1cs: string, input: SignalValues): Promise<bigint[] | undefined> {
  try {
    const bytes = Buffer.from(await nativeWitness(builtAddon(), r1cs, input));
    assert.equal(bytes.readUInt32LE(60), (bytes.length - 76) / 32);
    return Array.from({ length: (bytes.length - 76) / 32 }, (_, i) => {
      const element = bytes.subarray(76 + 32 * i, 108 + 32 * i);
      return BigInt(`0x${Buffer.from(element).reverse().toString("hex")}`);
    });
  } catch (error) {
    assert.equal((error as { code?: string }).code, "TRB_PROOF_WITNESS");
    return undefined;
  }
}

/** The same from circom's own calculator. */
async function calculated(wasm: string, input: CircuitInput): Promise<bigint[] | undefined> {
  try {
    return await computeWitness(wasm, input);
  } catch (error) {
    if (error instanceof WitnessRefused) return undefined;
    throw error;
  }
}

/** The names of a circuit's inputs in the order of its wires, from the compiler's list of symbols. */
async function declaredInputs(r1cs: string, input: CircuitInput): Promise<string[]> {
  const names = new Set<string>();
  for (const line of (await readFile(r1cs.replace(/r1cs$/, "sym"), "utf8")).split("\n")) {
    const name = line.match(/,main\.(\w+)(\[.*)?$/)?.[1];
    if (name !== undefined && name in input) names.add(name);
  }
  return [...names];
}

async function caseOf(tier: TierName, label: string, count?: number): Promise<SignalValues & CircuitInput> {
  const input: CircuitInput = { ...settlementInput(hash, drawCase(TIERS[tier], label, count)) };
  const names = await declaredInputs(artifactPaths(tier).r1cs, input);
  assert.equal(names.length, Object.keys(input).length);
  return Object.fromEntries(names.map((name) => [name, input[name]!]));
}

/** The same wires or the same refusal. Thousands of numbers side by side would say less than the first that differs. */
function assertSame(found: bigint[] | undefined, expected: bigint[] | undefined, what: string): void {
  assert.equal(found === undefined, expected === undefined, `${what}: refused`);
  assert.equal(found?.length, expected?.length, what);
  const wire = found?.findIndex((value, i) => value !== expected![i]) ?? -1;
  assert.equal(wire, -1, `${what}: wire ${wire} is ${found?.[wire]} instead of ${expected?.[wire]}`);
}

for (const [tier, counts] of [
  ["mini", [4, 3, 1]],
  ["small", [13]],
] as const) {
  test(`tier ${tier}: every wire is that of circom's calculator`, native, async () => {
    const { r1cs, wasm } = artifactPaths(tier);
    for (const count of counts) {
      const input = await caseOf(tier, `witness ${count}`, count);
      const expected = await calculated(wasm, input);
      assert.ok(expected !== undefined);
      assertSame(await solved(r1cs, input), expected, `${count} payments`);
    }
  });
}

/** A copy of an input with one number of one signal changed, drawn from a label. */
function edited(input: CircuitInput, name: string, label: string): SignalValues & CircuitInput {
  const value = input[name]!;
  const by = [1n, -1n, 1n << 8n, 1n << 19n, -(1n << 47n), R - 2n, drawn(`${label} by`) % R];
  const change = (old: bigint): bigint => old + by[Number(drawn(`${label} choice`) % BigInt(by.length))]!;
  const edit = (part: unknown, depth: string): unknown => {
    if (!Array.isArray(part)) return change(part as bigint);
    const place = Number(drawn(`${label} ${depth}`) % BigInt(part.length));
    return part.with(place, edit(part[place], `${depth}.`));
  };
  return { ...input, [name]: edit(value, "place") } as SignalValues & CircuitInput;
}

test(
  "inputs with one number changed are refused where circom refuses, and give its wires where it does not",
  native,
  async () => {
    const { r1cs, wasm } = artifactPaths("mini");
    const input = await caseOf("mini", "edited", 3);
    const verdicts = new Set<string>();
    for (const name of Object.keys(input)) {
      for (const label of ["first", "second"]) {
        const other = edited(input, name, `${name} ${label}`);
        const [found, expected] = [await solved(r1cs, other), await calculated(wasm, other)];
        assertSame(found, expected, `${name}, ${label}`);
        verdicts.add(expected === undefined ? "refused" : "accepted");
      }
    }
    assert.ok(verdicts.has("refused"));
  },
);

const compile = (name: string): Promise<{ r1cs: string; wasm: string }> =>
  compileCircuit(new URL(`${name}.circom`, import.meta.url).pathname, folder.path, name, "O1");

test("ranges, signs and quotients at their borders are as circom computes them", native, async () => {
  const circuit = await compile("borders");
  const root = 5n;
  let accepted = 0;
  const check = async (input: {
    x: bigint;
    narrow: bigint;
    wide: bigint;
    value: bigint[];
  }): Promise<void> => {
    const [found, expected] = [await solved(circuit.r1cs, input), await calculated(circuit.wasm, input)];
    assertSame(
      found,
      expected,
      JSON.stringify(input, (_, v) => (typeof v === "bigint" ? `${v}` : v)),
    );
    if (expected !== undefined) accepted++;
  };
  const honest = { x: root, narrow: -7n, wide: 9n, value: [8n, 6n, 3n, 1n] };
  for (const narrow of [0n, 15n, -15n, 16n, -16n, (R - 1n) / 2n, (R + 1n) / 2n])
    await check({ ...honest, narrow });
  const top = (1n << 253n) - 6n;
  for (const wide of [-5n, -6n, 0n, top, top + 1n, R - 1n]) await check({ ...honest, wide });
  for (const last of [0n, 1n, 2n, -1n]) await check({ ...honest, value: [0n, 0n, last + 1n, last] });
  // On the domain: 1 and −1 are among its points, where a value that is not 0 has no quotient.
  for (const value of [honest.value, [0n, 1n, 2n, 1n], [0n, 0n, 0n, 0n]]) {
    await check({ ...honest, x: 1n, value });
    await check({ ...honest, x: -1n, value });
  }
  assert.ok(accepted >= 10, `${accepted} accepted`);
});

test("a circuit whose hint has another form is not guessed at", native, async () => {
  const { r1cs } = await compile("hint");
  await assert.rejects(nativeWitness(builtAddon(), r1cs, { in: 9n }), { code: "TRB_PROOF_WITNESS_HINT" });
});

test("refuses inputs of another shape, a cancelled call, and a file that is cut off", native, async () => {
  const { r1cs } = artifactPaths("mini");
  const input = await caseOf("mini", "shape");
  const { fraction: _, ...short } = input;
  await assert.rejects(nativeWitness(builtAddon(), r1cs, short), { code: "TRB_PROOF_WITNESS_INPUT" });
  await assert.rejects(nativeWitness(builtAddon(), r1cs, { ...input, y: "1" }), {
    code: "TRB_PROOF_WITNESS_INPUT",
  });
  const signal = AbortSignal.abort();
  await assert.rejects(nativeWitness(builtAddon(), r1cs, input, { signal }), { code: "TRB_PROOF_CANCELLED" });
  const cut = join(folder.path, "cut.r1cs");
  await writeFile(cut, (await readFile(r1cs)).subarray(0, 1_000_000));
  await assert.rejects(nativeWitness(builtAddon(), cut, input), { code: "TRB_FILE_CORRUPT" });
});
