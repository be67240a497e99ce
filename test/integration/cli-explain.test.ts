import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { MEANING } from "../../src/report/meaning.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { loadTrace, saveTrace } from "../../src/workspace/traces.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { jsonOf, REPOSITORY, startChain, tributary } from "../helpers/cli.ts";

const cwd = mkdtempSync(join(tmpdir(), "tributary-explain-"));
after(() => rmSync(cwd, { recursive: true, force: true }));
symlinkSync(join(REPOSITORY, "data"), join(cwd, "data"));
const inside = (path: string): string => join(cwd, ".tributary", path);

interface Part {
  readonly part: number;
  readonly numerator: string;
}

interface Inference {
  readonly payment: string;
  readonly score: number;
  readonly rate: string;
  readonly weight: string;
  readonly numerator: string;
  readonly margin: number;
  readonly sure: boolean;
  readonly helped: number;
  readonly harmed: number;
  readonly unpaid: number;
  readonly contributors: number;
  readonly rows: readonly (Part & { readonly row: number })[];
  readonly others: Part & { readonly rows: number };
  readonly residual: Part;
}

interface Batch {
  readonly batch: string;
  readonly payout: string;
  readonly numerator: string;
  readonly fraction: string;
  readonly settled: boolean | null;
  readonly sure: string;
  readonly gradient: string;
  readonly kept: number;
  readonly inferences: readonly Inference[];
}

interface Explanation {
  readonly position: number;
  readonly contributor: string;
  readonly total: string;
  readonly contributorRows: number;
  readonly sureShare: number | null;
  readonly batches: readonly Batch[];
  readonly chain: Readonly<Record<"claimed" | "claimable" | "waiting" | "why", string>> & {
    readonly asked: boolean;
  };
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const run = (...args: string[]) => tributary(args, { cwd });

async function explain(...args: string[]): Promise<Explanation> {
  const result = await run("explain", ...args, "--json");
  assert.equal(result.code, 0, result.stdout + result.stderr);
  assert.deepEqual(jsonOf(result).meaning, [MEANING.objective]);
  return jsonOf(result).explanation as Explanation;
}

async function refusal(...args: string[]): Promise<string[]> {
  const result = await run("explain", ...args, "--json");
  assert.equal(result.code, 1, result.stdout + result.stderr);
  return (jsonOf(result).failures as { code: string }[]).map(({ code }) => code);
}

/** Runs with a file changed, and puts it back as it was. */
async function whileChanged(
  path: string,
  change: (bytes: Buffer) => void,
  check: () => Promise<void>,
): Promise<void> {
  const before = readFileSync(inside(path));
  const changed = Buffer.from(before);
  change(changed);
  assert.notDeepEqual(changed, before);
  writeFileSync(inside(path), changed);
  try {
    await check();
  } finally {
    writeFileSync(inside(path), before);
  }
}

/** What a dishonest operator does between answer and batch: another u, to which it commits. */
async function forgeTrace(number: bigint): Promise<void> {
  const workspace = workspaceAt(inside(""));
  const trace = loadTrace(workspace, 1n, number);
  const record = { ...trace.record, u: trace.record.u.map((value, m) => (m % 10 === 0 ? -value : value)) };
  saveTrace(workspace, { ...trace, record, commitment: commitTrace(record, await loadHashChain()) });
}

/** Another first entry of u. */
function nudge(bytes: Buffer): void {
  const at = bytes.indexOf('"u": "') + 6;
  bytes.write(bytes.toString("latin1", at, at + 2) === "01" ? "02" : "01", at);
}

/** Everything about an explanation that is a sum of integers. */
function assertAddsUp({ total, batches }: Explanation): void {
  const sum = (values: readonly bigint[]): bigint => values.reduce((one, other) => one + other, 0n);
  assert.equal(BigInt(total), sum(batches.map(({ payout }) => BigInt(payout))));
  for (const { payout, numerator, fraction, inferences } of batches) {
    assert.equal((BigInt(payout) << 32n) + BigInt(fraction), BigInt(numerator));
    assert.ok(BigInt(fraction) < 1n << 32n);
    assert.equal(sum(inferences.map((one) => BigInt(one.numerator))), BigInt(numerator));
    for (const { score, rate, rows, others, residual, numerator: paid } of inferences) {
      const lines = [...rows, others, residual];
      assert.equal(
        lines.reduce((parts, { part }) => parts + part, 0),
        score,
      );
      assert.equal(sum(lines.map((line) => BigInt(line.numerator))), BigInt(rate) * BigInt(score));
      assert.equal(BigInt(paid), score > 0 ? BigInt(rate) * BigInt(score) : 0n);
    }
  }
}

/** What an explanation says of its scores' meaning and certainty, against index and traces themselves. */
function assertSure({ position, contributorRows, sureShare, batches }: Explanation): void {
  const { index, manifest, rows } = loadIndex(workspaceAt(inside("")), 1);
  const owners = new Set(rows.owners);
  let [sure, all] = [0n, 0n];
  for (const batch of batches) {
    assert.deepEqual([batch.gradient, batch.kept], ["objective", manifest.method.kept]);
    for (const one of batch.inferences) {
      const { u } = loadTrace(workspaceAt(inside("")), 1n, BigInt(one.payment)).record;
      const scores = scoreTrace(u, index);
      assert.equal(one.score, scores[position]);
      assert.equal(one.contributors, owners.size);
      assert.equal(one.unpaid, [...owners].filter((owner) => scores[owner]! <= 0).length);
      const parts = [...rows.owners.keys()]
        .filter((row) => rows.owners[row] === position)
        .map((row) => u.reduce((sum, entry, j) => sum + entry * rows.values[row * rows.width + j]!, 0));
      assert.equal(parts.length, contributorRows);
      assert.equal(one.helped, parts.filter((part) => part > 0).length);
      assert.equal(one.harmed, parts.filter((part) => part < 0).length);
      assert.ok(Number.isInteger(one.margin) && one.margin > 0);
      assert.equal(one.sure, one.score > one.margin);
      all += BigInt(one.numerator);
      if (one.sure) sure += BigInt(one.numerator);
    }
    const ofBatch = batch.inferences.filter((one) => one.sure);
    assert.equal(
      BigInt(batch.sure),
      ofBatch.reduce((sum, { numerator }) => sum + BigInt(numerator), 0n),
    );
  }
  assert.equal(sureShare, all === 0n ? null : Number((sure * 1_000_000n) / all) / 1_000_000);
}

test("why was I paid this: from a payout to its rows, and no explanation of what was not proven", async (t) => {
  const rows = [
    "data/harbour-desk/rows.jsonl",
    "--text",
    "text",
    "--label",
    "label",
    "--contributor",
    "contributor",
  ];
  const chain = await startChain(inside(""));
  try {
    const steps = [
      ["datanet", "import", ...rows, "--test", "data/harbour-desk/held-out.jsonl"],
      ["train", "--ridge", "1e-3"],
      ["index", "build"],
      ["register"],
      ["infer", "Can I bring my bicycle on the night ferry?", "How much is a day ticket to Skerry?"],
      ["batch", "commit"],
      ["infer", "The lamp at berth twelve is broken", "My bag is still on the boat"],
    ];
    const carryOut = async (some: readonly string[][]): Promise<void> => {
      for (const step of some) {
        const { code, stdout, stderr } = await run(...step);
        assert.equal(code, 0, `${step.join(" ")}\n${stdout}${stderr}`);
      }
    };
    await carryOut(steps);
    await forgeTrace(2n);
    await carryOut([["batch", "commit"], ["prove"], ["settle", "1-0"]]);
    const bundle = JSON.parse(readFileSync(inside("proofs/1-0.json"), "utf8")) as { payouts: string[] };
    const paid = bundle.payouts.findIndex((units) => BigInt(units) > 0n);
    const position = ["--position", String(paid)];

    await t.test("every position's payout is explained to the unit", async () => {
      for (const [c, units] of bundle.payouts.entries()) {
        if (c % 8 !== paid % 8) continue;
        const explanation = await explain("1-0", "--position", String(c));
        assertAddsUp(explanation);
        assertSure(explanation);
        assert.equal(explanation.batches[0]!.payout, units);
        assert.equal(explanation.batches[0]!.settled, true, "the workspace's chain was asked");
        const { asked, claimable, claimed, waiting } = explanation.chain;
        assert.deepEqual([asked, claimed, claimable], [true, "0", units]);
        const later = JSON.parse(readFileSync(inside("proofs/1-2.json"), "utf8")) as { payouts: string[] };
        assert.equal(waiting, later.payouts[c]);
      }
    });

    await t.test(
      "a bundle's file, a payment inside of a batch, a name, an account, all batches",
      async () => {
        const byFile = await explain(inside("proofs/1-0.json"), ...position, "--rows", "2");
        assert.ok(byFile.batches[0]!.inferences.every(({ rows: shown }) => shown.length <= 2));
        assert.deepEqual(await explain("1-0", "--contributor", byFile.contributor, "--rows", "2"), byFile);

        const [first, second] = (await explain("1-1", ...position)).batches[0]!.inferences;
        assert.deepEqual(
          [first!.rows.length, second!.rows.length],
          [0, 3],
          "rows of the payment that was named",
        );

        const all = await explain(...position);
        assertAddsUp(all);
        assert.deepEqual(
          all.batches.map(({ batch }) => batch),
          ["1-0", "1-2"],
        );
        const settled = await explain("--account", `contributor-${paid}`);
        assert.equal(settled.position, paid);
        assert.deepEqual(
          settled.batches.map(({ batch, settled: state }) => [batch, state]),
          [["1-0", true]],
        );
        assert.equal((await explain("1-2", ...position, "--rpc", chain.rpc)).batches[0]!.settled, false);
      },
    );

    await t.test("text and page say the same number", async () => {
      const { code, stdout } = await run("explain", "1-0", ...position, "--html", "why.html");
      assert.equal(code, 0);
      assert.ok(stdout.includes(`the proven payout, ${bundle.payouts[paid]} units`), stdout);
      assert.ok(readFileSync(join(cwd, "why.html"), "utf8").includes(`value="${bundle.payouts[paid]}"`));
    });

    await t.test("a bundle with another payout", async () => {
      const forged = structuredClone(bundle);
      forged.payouts[paid] = String(BigInt(forged.payouts[paid]!) + 1n);
      writeFileSync(join(cwd, "forged.json"), JSON.stringify(forged));
      assert.ok((await refusal("forged.json", ...position)).some((code) => code.startsWith("TRB_VERIFY_")));
    });

    await t.test("a trace with another u, or another request", async () => {
      await whileChanged("traces/1-0.json", nudge, async () => {
        assert.deepEqual(await refusal("1-0", ...position), ["TRB_EXPLAIN_TRACE"]);
      });
      const reword = (bytes: Buffer): void => {
        bytes.write("unicorn", bytes.indexOf("bicycle on"));
      };
      await whileChanged("traces/1-0.json", reword, async () => {
        assert.deepEqual(await refusal("1-0", ...position), ["TRB_EXPLAIN_REQUEST"]);
      });
    });

    await t.test(
      "run again, the traces are the same integers; a trace that is not committed is found",
      async () => {
        const audit = async (code: number, ...args: string[]) => {
          const result = await run("batch", "audit", ...args, "--json");
          assert.equal(result.code, code, result.stdout + result.stderr);
          return jsonOf(result);
        };
        type Trace = { agreement?: { verdict: string; reason?: string }; failures: { code: string }[] };
        type Audited = { batch: string; traces: Trace[] }[];
        const verdict = ({ agreement, failures }: Trace): string =>
          agreement?.reason ?? agreement?.verdict ?? failures[0]!.code;
        const verdicts = async (code: number, ...batches: string[]): Promise<string[]> =>
          ((await audit(code, ...batches)).audited as Audited).flatMap(({ traces }) => traces.map(verdict));
        assert.deepEqual(await verdicts(0, "1-0"), ["same", "same"]);
        assert.deepEqual(await verdicts(1, "1-2"), ["entry", "same"], "proven, and not what the model gives");
        assert.deepEqual(await verdicts(1, "1-2", "1-0"), ["entry", "same", "same", "same"]);
        const all = (await audit(1)).audited as Audited;
        assert.deepEqual(
          all.map(({ batch }) => batch),
          ["1-0", "1-2"],
        );
        await whileChanged("traces/1-0.json", nudge, async () => {
          assert.deepEqual(await verdicts(1, "1-0"), ["TRB_EXPLAIN_TRACE", "same"]);
        });
        assert.equal(((await audit(2, "1-9")).error as { code: string }).code, "TRB_CLI_BATCH_UNKNOWN");
      },
    );

    await t.test(
      "an index with a changed entry: by its own digest, and with all digests made right",
      async () => {
        const flip = (bytes: Buffer): void => {
          bytes[0] = bytes[0] === 1 ? 2 : 1;
        };
        const before = readFileSync(inside("index/1/index/phi.i8"));
        await whileChanged("index/1/index/phi.i8", flip, async () => {
          assert.deepEqual(await refusal("1-0", ...position), ["TRB_ATTRIBUTION_FILE_DIGEST"]);
          const old = sha256(before);
          const right = sha256(readFileSync(inside("index/1/index/phi.i8")));
          await whileChanged(
            "index/1/index/manifest.json",
            (bytes) => {
              for (let at = bytes.indexOf(old); at >= 0; at = bytes.indexOf(old)) bytes.write(right, at);
            },
            async () => {
              const codes = await refusal("1-0", ...position);
              assert.ok(codes.includes("TRB_EXPLAIN_INDEX"), codes.join());
            },
          );
        });
      },
    );
    await t.test("rows that do not add up to Φ", async () => {
      const path = "index/1/index/rows.f32";
      const old = sha256(readFileSync(inside(path)));
      const grow = (bytes: Buffer): void => {
        bytes.writeFloatLE(bytes.readFloatLE(0) + 5, 0);
      };
      await whileChanged(path, grow, async () => {
        const right = sha256(readFileSync(inside(path)));
        await whileChanged(
          "index/1/index/manifest.json",
          (bytes) => void bytes.write(right, bytes.indexOf(old)),
          async () => assert.deepEqual(await refusal("1-0", ...position), ["TRB_EXPLAIN_ROWS"]),
        );
      });
    });

    await t.test("questions that have no answer are misuse", async () => {
      const code = async (...args: string[]): Promise<string> => {
        const result = await run("explain", ...args, "--json");
        assert.equal(result.code, 2);
        return (jsonOf(result).error as { code: string }).code;
      };
      assert.equal(await code("1-0"), "TRB_CLI_USAGE");
      assert.equal(await code("1-0", "--position", "15"), "TRB_CLI_NO_POSITION");
      assert.equal(await code("1-9", ...position), "TRB_CLI_BATCH_UNKNOWN");
    });

    await t.test(
      "a chain that does not answer: the payout is explained, and it is said what is not known",
      async () => {
        await chain.stop();
        const { chain: word, batches } = await explain("1-0", ...position);
        assert.deepEqual([word.asked, batches[0]!.settled], [false, null]);
        assert.match(word.why, /TRB_SETTLEMENT_UNREACHABLE/);
        const asked = await run("explain", "1-0", ...position, "--rpc", chain.rpc, "--json");
        assert.equal(asked.code, 2, "who asks for the chain gets no answer without it");
        assert.equal((jsonOf(asked).error as { code: string }).code, "TRB_SETTLEMENT_UNREACHABLE");
      },
    );
  } finally {
    await chain.stop();
  }
});
