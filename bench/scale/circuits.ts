import { join } from "node:path";
import { ROOT } from "../../scripts/setup/circom.ts";
import { pack } from "../../src/crypto/packing.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { HASH_TAG } from "../../src/params/tags.ts";
import type { SignalValues } from "../../src/proof/backend.ts";
import { compileMain, type TestCircuit } from "../../test/helpers/circuit.ts";
import { drawCase, type Size } from "../../test/helpers/circuit-case.ts";
import { settlementInput } from "../../test/helpers/circuit-reference.ts";

const FOLDER = join(ROOT, ".cache/bench-mains");

const main = (include: string, publics: string, instance: string): string =>
  `pragma circom 2.2.0;\n\ninclude "../../${include}";\n\ncomponent main {public [${publics}]} = ${instance};\n`;

/** The product's circuit at any size, and an honest batch for it. */
export async function settlementAt(size: Size): Promise<{ circuit: TestCircuit; input: SignalValues }> {
  const { traces, positions, width } = size;
  const instance = `Settlement(${traces}, ${positions}, ${width})`;
  const text = main("circuits/settlement/settlement.circom", "h2, beta, y", instance);
  const circuit = await compileMain(text, FOLDER, "O1");
  const input = settlementInput(await loadHashChain(), drawCase(size, instance));
  return { circuit, input: { ...input } };
}

/** The circuit that hashes Φ and multiplies the scores out, and the same batch. */
export async function naiveAt(size: Size): Promise<{ circuit: TestCircuit; input: SignalValues }> {
  const { traces, positions, width } = size;
  const text = main(
    "bench/scale/naive.circom",
    "indexHash, statementHash",
    `Naive(${traces}, ${positions}, ${width})`,
  );
  const circuit = await compileMain(text, FOLDER, "O1");
  const hash = await loadHashChain();
  const one = drawCase(size, `Settlement(${traces}, ${positions}, ${width})`);
  const all = settlementInput(hash, one);
  const phi = one.phi.map((row) => row.slice(0, width));
  const trace = one.slots.map((slot, q) => {
    const t = hash(HASH_TAG.trace, [
      one.indexId,
      slot.io,
      one.n0 + BigInt(q),
      slot.pool,
      slot.blind,
      ...pack("u", slot.u.map(Number)),
    ]);
    return slot.active * t;
  });
  const { indexId, n0, unattributed, io, pool, active, traceBlind, u, score } = all;
  const { rate, remainder, weightInverse, empty, pay, fraction } = all;
  const indexHash = hash(HASH_TAG.fold, pack("u", phi.flat().map(Number)));
  const statementHash = hash(HASH_TAG.scores, [
    ...[indexId, n0, unattributed],
    ...pack("amount", pool),
    ...trace,
    ...pack("amount", pay),
  ]);
  return {
    circuit,
    input: {
      ...{ indexHash, statementHash, indexId, n0, unattributed, io, pool, active, traceBlind, phi, u, score },
      ...{ rate, remainder, weightInverse, empty, pay, fraction },
    },
  };
}

/** Constraints of the naive circuit at a size, without compiling it: what naive.circom's parts cost. */
export function naiveCost({ traces: Q, positions: C, width: k }: Size): number {
  const blocks = (elements: number): number => Math.ceil(elements / 16);
  const hash = (elements: number): number =>
    612 * blocks(elements) - 3 - 3 * (16 * blocks(elements) - elements);
  const digits = (bits: number): number => Math.floor(253 / bits);
  const payBits = 48 + Math.log2(Q) + 32;
  const index = 8 * C * k + hash(Math.ceil((C * k) / 31));
  const traces = Q * (8 * k + 50 + hash(5 + Math.ceil(k / 31)));
  const scores = Q * C * k + Q * (20 * C + 1);
  const rates = Q * (2 * (19 + Math.log2(C)) + 86);
  const payouts = C * payBits + Q * Math.ceil(C / digits(payBits));
  const statement = hash(3 + Math.ceil(Q / 4) + Q + Math.ceil(C / 4));
  return index + traces + scores + rates + 1 + payouts + statement;
}
