import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openIndexTracer } from "../../src/operations/index/index-tracer.ts";
import { saveBatch } from "../../src/workspace/batches.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { jsonOf, tributary } from "../helpers/cli.ts";
import { importToyRows, terminal } from "../helpers/cli-story.ts";
import { keepTrace, TREASURY } from "../helpers/served-trace.ts";
import { toyPoints } from "../helpers/toy-model.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-batch-audit-"));
const { dir, run, refusal } = terminal(join(root, "it"));
const workspace = workspaceAt(dir);
const INDEX = 3n;

/** A request between two of other labels, where the model finds both equally probable but for float32. */
let tied: { request: Float64Array; label: number; other: number };

before(async () => {
  await importToyRows({ dir, run, refusal }, 150, 3);
  await run("train", "--ridge", "1e-3");
  await run("index", "build");
  const { tracer } = await openIndexTracer(workspace, 1);
  const { points } = toyPoints(30, 8);
  const labelOf = async (point: Float64Array) => (await tracer.infer(point)).labelIndex;
  const first = await labelOf(points[0]!);
  let second = 1;
  while ((await labelOf(points[second]!)) === first) second++;
  const at = (share: number) => points[0]!.map((x, j) => x + share * (points[second]![j]! - x));
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if ((await labelOf(at(middle))) === first) low = middle;
    else high = middle;
  }
  const request = at(low);
  const { probabilities } = await tracer.infer(request);
  const rest = probabilities.with(first, -1);
  tied = { request, label: first, other: rest.indexOf(Math.max(...rest)) };
  await tracer.close();
});
after(() => rmSync(root, { recursive: true, force: true }));

/** Keeps one committed batch of requests that were all answered with `label`, each with the u that is given. */
async function keepBatch(label: number, served: readonly Int8Array[]): Promise<void> {
  const { tracer, labels } = await openIndexTracer(workspace, 1);
  const { probabilities } = await tracer.infer(tied.request);
  await tracer.close();
  const traces: bigint[] = [];
  for (const [q, u] of served.entries()) {
    const answer = { label: labels[label]!, probability: probabilities[label]!, u };
    traces.push(
      await keepTrace(workspace, {
        ...answer,
        indexId: INDEX,
        number: BigInt(q),
        request: tied.request,
      }),
    );
  }
  const { index, commitment: indexCommitment } = loadIndex(workspace, 1);
  const { tier, assigned: positions } = index;
  const pools = traces.map(() => 16_000n);
  const chain = { chainId: 31337n, settlement: TREASURY, batchKey: `0x${"0a".repeat(32)}` } as const;
  const about = { tier, positions, indexId: INDEX, n0: 0n, indexCommitment, pools, traces };
  saveBatch(workspace, { ...chain, ...about }, { epoch: 1, fees: pools, deadline: 0n });
}

test("of two labels that are equally probable either may be served, with a u that is of that label", async () => {
  const { tracer } = await openIndexTracer(workspace, 1);
  const own = await tracer.infer(tied.request);
  const other = await tracer.traceAt(tied.request, tied.other);
  await tracer.close();
  assert.equal(own.labelIndex, tied.label);
  const madeUp = other.u.map((value, m) => (m % 7 === 0 ? -value : value));
  await keepBatch(tied.other, [other.u, own.u, madeUp]);

  const result = await tributary(["batch", "audit", `${INDEX}-0`, "--dir", dir, "--json"]);
  assert.equal(result.code, 1, result.stdout + result.stderr);
  type Audited = { traces: { agreement: { verdict: string; tied?: boolean } }[] };
  const [{ traces }] = jsonOf(result).audited as [Audited];
  assert.deepEqual(
    traces.map(({ agreement: { verdict, tied: also } }) => [verdict, also]),
    [
      ["same", true],
      ["different", true],
      ["different", true],
    ],
  );

  await keepBatch(tied.other, [other.u]);
  const honest = await tributary(["batch", "audit", `${INDEX}-0`, "--dir", dir]);
  assert.equal(honest.code, 0, honest.stdout + honest.stderr);
  assert.match(honest.stdout, /the same integers \(of two labels that are equally probable/);
});
