import { TIERS } from "../../src/params/tiers.ts";
import { gigabytes, ratio, textTable, time, timeOf, whole } from "./format.ts";
import { isMeasured, type Results } from "./results.ts";

const macs = (tier: keyof typeof TIERS): number =>
  TIERS[tier].traces * TIERS[tier].positions * TIERS[tier].width;

function provingTable({ proving, constraints }: Results): string {
  const rows = proving.map((one) => {
    const snarkjs = proving.find(({ tier, backend }) => tier === one.tier && backend === "snarkjs");
    return [
      `${one.tier}, ${one.backend}`,
      whole(constraints[one.tier]!),
      timeOf(one.total),
      snarkjs === undefined ? "" : ratio(one.total.median, snarkjs.total.median),
      time(one.stages.groth16 ?? 0),
      time(one.stages.witness ?? 0),
      time(one.verify.median),
      time(one.check.median),
      gigabytes(one.peakBytes),
      whole(one.proofBytes),
      whole(macs(one.tier) / (one.total.median / 1000)),
      whole(one.total.median / one.plain.median),
    ];
  });
  const head =
    "tier, prover|constraints|prove|to snarkjs|Groth16|witness|verify|check by the prover|memory|proof bytes|MACs/s|overhead";
  return textTable([head.split("|"), ...rows]);
}

function sameWitnessTable({ sameWitness }: Results): string {
  const rows = sameWitness.map((one) => {
    const base = sameWitness.find(({ tier, program }) => tier === one.tier && program === "snarkjs");
    const share = base === undefined ? "" : ratio(one.milliseconds.median, base.milliseconds.median);
    return [`${one.tier}, ${one.program}`, timeOf(one.milliseconds), share, gigabytes(one.peakBytes)];
  });
  return textTable(["Groth16, same key and witness|time|to snarkjs|memory".split("|"), ...rows]);
}

function keysTable({ keys }: Results): string {
  const rows = keys.map(({ tier, backend, key, powers, peakBytes }) => [
    `${tier}, ${backend === "native" ? "native" : "JavaScript"}`,
    timeOf(key),
    timeOf(powers),
    gigabytes(peakBytes),
  ]);
  return textTable(["development keys|key|powers of tau|memory".split("|"), ...rows]);
}

function peersTable({ naive, ezkl, proving, constraints }: Results): string {
  const rows: string[][] = [];
  const reasons: string[] = [];
  const notMeasured = (name: string, reason: string): void => {
    rows.push([name, "", "not measured", "", ""]);
    reasons.push(`not measured: ${name}: ${reason}`);
  };
  for (const [tier, one] of Object.entries(naive)) {
    const name = `${tier}, every entry hashed and multiplied`;
    if (!isMeasured(one)) notMeasured(name, one.notMeasured);
    else {
      const times = (one.constraints / constraints[tier]!).toFixed(1);
      rows.push([
        name,
        `${whole(one.constraints)} (${times} ×)`,
        timeOf(one.groth16),
        "Groth16 alone",
        gigabytes(one.peakBytes),
      ]);
    }
  }
  for (const [tier, one] of Object.entries(ezkl)) {
    const name = `${tier}, EZKL: product and clip only`;
    if (!isMeasured(one)) notMeasured(name, one.notMeasured);
    else {
      const ours = proving.findLast((proof) => proof.tier === tier);
      const share =
        ours === undefined ? "" : ` (${ratio(one.seconds.prove * 1000, ours.total.median)} of ours)`;
      rows.push([
        `${name} (${one.version})`,
        `2^${one.logrows} rows`,
        `${time(one.seconds.prove * 1000)}${share}`,
        `verify ${time(one.seconds.verify * 1000)}, ${whole(one.proofBytes)} bytes`,
        gigabytes(one.peakBytes),
      ]);
    }
  }
  return [textTable(["others|size|prove||memory".split("|"), ...rows]), ...reasons].join("\n");
}

function growthTable({ growth }: Results): string {
  const rows = Object.entries(growth).flatMap(([axis, proofs]) =>
    proofs.map(({ size, constraints, groth16, peakBytes }) => [
      `${axis}: Q ${size.traces}, C ${size.positions}, k ${size.width}`,
      whole(constraints),
      timeOf(groth16),
      gigabytes(peakBytes),
    ]),
  );
  return textTable(["growth|constraints|Groth16|memory".split("|"), ...rows]);
}

const gasTable = ({ gas }: Results): string =>
  textTable([["gas", ""], ...Object.entries(gas).map(([name, value]) => [name, whole(value)])]);

const settlementTable = ({ settlements }: Results): string =>
  textTable([
    "settle: tier, positions, batches|gas|a batch|less calldata and its evaluation|the same, a batch".split(
      "|",
    ),
    ...settlements.map(({ tier, positions, batches, gas, perBatch, fixed }) => [
      `${tier}, ${positions}, ${batches}`,
      ...[gas, perBatch, fixed, fixed / batches].map(whole),
    ]),
  ]);

/** Everything as text, one table a question. */
export function allTables(results: Results): string {
  const { machine, date, missing } = results;
  const head = `${date}, ${machine.cpu}, ${machine.threads} threads, ${gigabytes(machine.memoryBytes)}. Medians of repeated runs, least and most behind them.`;
  const tables = [head];
  if (results.proving.length > 0) tables.push(provingTable(results));
  if (results.sameWitness.length > 0) tables.push(sameWitnessTable(results));
  if (results.keys.length > 0) tables.push(keysTable(results));
  if (Object.keys(results.naive).length + Object.keys(results.ezkl).length > 0)
    tables.push(peersTable(results));
  if (Object.keys(results.growth).length > 0) tables.push(growthTable(results));
  if (Object.keys(results.gas).length > 0) tables.push(gasTable(results), settlementTable(results));
  if (missing.length > 0) tables.push(missing.map((line) => `not measured: ${line}`).join("\n"));
  return tables.join("\n\n");
}
