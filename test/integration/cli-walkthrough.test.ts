import assert from "node:assert/strict";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { createPublicClient, createWalletClient, http } from "viem";
import { developmentAccount } from "../../src/cli/accounts.ts";
import { encodeReceipt, parseReceipt, signReceipt } from "../../src/settlement/receipt.ts";
import { jsonOf, REPOSITORY, spawnTributary, startChain, tributary } from "../helpers/cli.ts";
import { holdLock } from "../helpers/lock.ts";
import { withoutNative } from "../helpers/native.ts";

const cwd = mkdtempSync(join(tmpdir(), "tributary-walkthrough-"));
after(() => rmSync(cwd, { recursive: true, force: true }));
symlinkSync(join(REPOSITORY, "data"), join(cwd, "data"));

/** One flag list for each way in which the native backend is asked for; none where it is not built. */
const NATIVE_FLAGS = withoutNative ? [] : [["--backend", "native", "--threads", "1"]];

interface Amounts {
  readonly earned: string;
  readonly claimed: string;
  readonly claimable: string;
  readonly waiting: string;
}
/** What `earned --json` prints. */
interface Earned {
  readonly positions: readonly (Amounts & { readonly position: number; readonly contributor: string })[];
  readonly total: Amounts;
  readonly waiting: {
    readonly proven: string[];
    readonly unproven: string[];
    readonly unprovenPools: string;
  };
}
interface SignedReceiptJson {
  readonly receipt: Readonly<Record<string, string>>;
  readonly signature: string;
}

/** The commands in the fenced blocks of README's section "Step by step", in order. */
function walkthrough(): string[] {
  const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
  const section = readme.split(/^### Step by step$/m)[1]!.split(/^#{1,3} /m)[0]!;
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block!.trim().split("\n"));
}

/** Splits a command line at spaces outside of double quotes; README uses nothing more of a shell. */
const argumentsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);

test("README's steps work as they stand, each in a process of its own", async (t) => {
  const [first, ...commands] = walkthrough();
  assert.equal(first, "tributary chain dev");
  assert.ok(commands.length >= 12, "the section has its commands");
  const chain = await startChain(join(cwd, ".tributary"));
  const outputs = new Map<string, string>();
  try {
    for (const command of commands) {
      await t.test(command, async () => {
        const [program, ...args] = argumentsOf(command.replace("http://127.0.0.1:8545", chain.rpc));
        assert.equal(program, "tributary");
        const { code, stdout, stderr } = await tributary(args, { cwd });
        assert.equal(code, 0, `${stdout}${stderr}`);
        outputs.set(command, stdout);
      });
    }

    await t.test("what is secret is readable by its owner only", () => {
      assert.equal(statSync(join(cwd, ".tributary/traces/1-0.json")).mode & 0o077, 0);
      assert.equal(statSync(join(cwd, ".tributary/index/1")).mode & 0o077, 0);
    });

    await t.test("a batch of one payment, which gives its scores away, is warned about", () => {
      const said = outputs.get("tributary batch commit")!;
      assert.match(said, /warning: batch 1-4 has one payment/);
      assert.doesNotMatch(said, /batch 1-0 has one payment/);
    });

    await t.test("the prover's share of the fees is withdrawn", () => {
      assert.match(outputs.get("tributary withdraw --account prover")!, /^0\.\d*[1-9]\d* OPEN withdrawn/);
    });

    await t.test("verify says which chain and contract the proof is about", () => {
      const record = JSON.parse(readFileSync(join(cwd, ".tributary/batches/1-0.statement.json"), "utf8"));
      const said = outputs.get("tributary verify .tributary/proofs/1-0.json --rpc http://127.0.0.1:8545")!;
      assert.ok(said.includes(`chain 31337, settled by ${record.settlement}`), said);
    });

    await t.test("every batch is settled, and something was claimed", async () => {
      const status = jsonOf(await tributary(["chain", "status", "--json"], { cwd }));
      const batches = status.batches as { status: string; payments: number; pool: string }[];
      assert.deepEqual(
        batches.map(({ payments }) => payments),
        [4, 1],
      );
      assert.ok(batches.every((batch) => batch.status === "settled"));
      const pools = batches.reduce((sum, { pool }) => sum + BigInt(pool), 0n);
      const [{ owed, reserve }] = status.books as [{ owed: string; reserve: string }];
      assert.ok(BigInt(owed) > 0n && BigInt(owed) + BigInt(reserve) < pools, "some of it is claimed");
    });

    await t.test("done work is not done again", async () => {
      const proved = jsonOf(await tributary(["prove", "--json"], { cwd }));
      assert.deepEqual(proved.proven, []);
      const settled = jsonOf(await tributary(["settle", "--json"], { cwd }));
      assert.deepEqual(settled.settled, []);
      assert.deepEqual([settled.done, settled.gasUsed], [2, "0"]);
      const claimed = jsonOf(await tributary(["claim", "--account", "contributor-10", "--json"], { cwd }));
      assert.equal(claimed.units, "0");
      const withdrawn = jsonOf(await tributary(["withdraw", "--account", "prover", "--json"], { cwd }));
      assert.equal(withdrawn.units, "0");
      const commit = await tributary(["batch", "commit", "--json"], { cwd });
      assert.equal(commit.code, 0);
      assert.deepEqual([jsonOf(commit).batches, jsonOf(commit).gasUsed], [[], "0"]);
    });

    await t.test("requests are answered while a batch is proven", async () => {
      const slow = ["prove", "1-4", "--again", "--backend", "snarkjs", "--json"];
      const proving = spawnTributary(slow, { cwd });
      const ended = once(proving, "close");
      while (!existsSync(join(cwd, ".tributary/lock-proofs"))) await setTimeout(20);
      const infer = await tributary(["infer", "Is there a boat at noon?", "--json"], { cwd });
      assert.equal(infer.code, 0, infer.stdout);
      const { certain, untraced } = jsonOf(infer);
      assert.deepEqual([certain, untraced], [0, 0]);
      assert.deepEqual(await ended, [0, null]);
    });

    await t.test("a second prove is told who proves, or waits until that one is gone", async () => {
      const first = await holdLock(join(cwd, ".tributary"), "tributary prove", ["proofs"]);
      const refused = await tributary(["prove", "1-0", "--again", "--json"], { cwd });
      assert.equal((jsonOf(refused).error as { code: string }).code, "TRB_WORKSPACE_LOCKED");
      const second = spawnTributary(["prove", "1-0", "--again", "--json", "--wait"], { cwd });
      const ended = once(second, "close");
      const [said] = (await once(second.stderr!, "data")) as [Buffer];
      assert.match(
        String(said),
        new RegExp(`^waits until .* proofs: tributary prove, process ${first.pid} `),
      );
      await first.kill();
      assert.deepEqual(await ended, [0, null]);
    });

    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      await t.test(
        `a prove that gets ${signal} says so, gives the workspace back and leaves no file`,
        async () => {
          const proofs = join(cwd, ".tributary/proofs");
          const before = readFileSync(join(proofs, "1-4.json"), "utf8");
          const names = readdirSync(proofs);
          const slow = ["prove", "1-4", "--again", "--backend", "snarkjs", "--json"];
          const stopped = spawnTributary(slow, { cwd });
          let said = "";
          stopped.stdout!.on("data", (chunk: Buffer) => {
            said += chunk.toString();
          });
          while (!existsSync(join(cwd, ".tributary/lock-proofs"))) await setTimeout(20);
          await setTimeout(1_000);
          assert.ok(existsSync(join(cwd, ".tributary/lock-proofs")), "it is at work");
          stopped.kill(signal);
          const [code, by] = (await once(stopped, "close")) as [number | null, string | null];
          assert.deepEqual([code, by], [null, signal], "as a shell expects of an interrupted command");
          const { ok, error } = JSON.parse(said) as { ok: boolean; error: { code: string } };
          assert.deepEqual([ok, error.code], [false, "TRB_CANCELLED"]);
          assert.ok(!existsSync(join(cwd, ".tributary/lock-proofs")));
          assert.deepEqual(readdirSync(proofs), names);
          assert.equal(readFileSync(join(proofs, "1-4.json"), "utf8"), before);
        },
      );
    }

    await t.test("the backend that is asked for proves, and its bundle verifies", async () => {
      const expected = join(cwd, ".tributary/batches/1-4.statement.json");
      const bundle = join(cwd, ".tributary/proofs/1-4.json");
      const prove = (...flags: string[]) =>
        tributary(["prove", "1-4", "--again", "--json", ...flags], { cwd });
      for (const flags of [["--backend", "snarkjs"], ...NATIVE_FLAGS]) {
        const { code, stdout } = await prove(...flags);
        assert.equal(code, 0, stdout);
        const [{ backend }] = JSON.parse(stdout).proven as [{ backend: string }];
        assert.equal(backend, flags[1]);
        assert.equal((await tributary(["verify", bundle, "--expect", expected])).code, 0);
      }
      const codeOf = async (...flags: string[]) =>
        (jsonOf(await prove(...flags)).error as { code: string }).code;
      if (withoutNative) assert.equal(await codeOf("--backend", "native"), "TRB_PROOF_NO_NATIVE");
      assert.equal(await codeOf("--backend", "abacus"), "TRB_CLI_USAGE");
      assert.equal(await codeOf("--threads", "0"), "TRB_CLI_USAGE");
    });

    await t.test("no room for a bundle: the old one stays", async () => {
      const proofs = join(cwd, ".tributary/proofs");
      const before = readFileSync(join(proofs, "1-4.json"), "utf8");
      const names = readdirSync(proofs);
      // Files of more than two blocks fail half way: what a full disk does, without filling one.
      const full = await tributary(["prove", "1-4", "--again", "--json"], { cwd, fileBlocks: 2 });
      assert.equal(full.code, 2);
      assert.equal((jsonOf(full).error as { code: string }).code, "TRB_FILE_DISK_FULL");
      assert.deepEqual(readdirSync(proofs), names);
      assert.equal(readFileSync(join(proofs, "1-4.json"), "utf8"), before);
    });

    await t.test("a contract that refuses says why", async () => {
      const refused = await tributary(["batch", "commit", "--account", "payer", "--json"], { cwd });
      assert.equal(refused.code, 2);
      assert.equal((jsonOf(refused).error as { code: string }).code, "TRB_SETTLEMENT_NOT_OPERATOR");
    });

    await t.test("an account of one's own: no money, money, not an operator, an operator", async () => {
      const env = { TRIBUTARY_PASSWORD: "correct horse" };
      const run = async (...args: string[]) => jsonOf(await tributary([...args, "--json"], { cwd, env }));
      const refusal = (result: Record<string, unknown>) => (result.error as { code: string }).code;
      const { address } = await run("accounts", "new", "alice");
      const claimed = await run("claim", "--position", "0", "--account", "alice");
      assert.equal(refusal(claimed), "TRB_SETTLEMENT_NO_GAS_MONEY");
      assert.equal((await run("chain", "fund", "alice")).address, address);
      const question = "Where is my umbrella?";
      assert.equal(refusal(await run("infer", question, "--account", "payer")), "TRB_SERVE_NOT_OPERATOR");
      assert.equal((await run("register", "--operator", "alice")).indexId, "1", "the index stays as it was");
      assert.equal((await run("infer", question, "--account", "alice")).ok, true);
      const { batches } = await run("batch", "commit", "--account", "alice");
      assert.equal((batches as unknown[]).length, 1);
    });

    await t.test("the batch that was proven and not settled waits; its calldata settles it", async () => {
      const run = async (...args: string[]) => jsonOf(await tributary([...args, "--json"], { cwd }));
      const before = (await run("earned")) as unknown as Earned;
      assert.equal(before.waiting.unproven.length, 1);
      assert.ok(BigInt(before.waiting.unprovenPools) > 0n);
      assert.equal(before.total.waiting, "0");
      const { proven } = (await run("prove")) as { proven: { name: string; bundle: string }[] };
      const [{ name, bundle }] = proven as [{ name: string; bundle: string }];
      const { payouts } = JSON.parse(readFileSync(bundle, "utf8")) as { payouts: string[] };
      const granted = payouts.reduce((sum, units) => sum + BigInt(units), 0n);
      const waiting = (await run("earned")) as unknown as Earned;
      assert.deepEqual(waiting.waiting.proven, [name]);
      assert.deepEqual(
        waiting.positions.map((one) => one.waiting),
        payouts,
      );
      assert.equal(BigInt(waiting.total.waiting), granted);

      const call = (await run("bundle", "calldata", bundle)) as { to: `0x${string}`; data: `0x${string}` };
      const account = developmentAccount("prover")!;
      const wallet = createWalletClient({ account, transport: http(chain.rpc) });
      const { to, data } = call;
      const reader = createPublicClient({ transport: http(chain.rpc) });
      const hash = await wallet.sendTransaction({ to, data, chain: null });
      const { status } = await reader.waitForTransactionReceipt({ hash, pollingInterval: 25 });
      assert.equal(status, "success");
      const settled = (await run("earned")) as unknown as Earned;
      assert.equal(settled.total.waiting, "0");
      assert.equal(BigInt(settled.total.earned), BigInt(before.total.earned) + granted);
    });

    await t.test(
      "what a contributor is owed is what a claim by the name pays, and then it is claimed",
      async () => {
        const run = async (...args: string[]) => jsonOf(await tributary([...args, "--json"], { cwd }));
        const { positions, total } = (await run("earned")) as unknown as Earned;
        const { books } = (await run("chain", "status")) as { books: [{ owed: string }] };
        assert.equal(total.claimable, books[0].owed);
        assert.ok(BigInt(positions[10]!.claimed) > 0n, "contributor-10 has claimed");
        const one = positions.find(({ claimable }) => BigInt(claimable) > 0n)!;
        const claimed = await run("claim", "--contributor", one.contributor, "--account", "payer");
        assert.equal(claimed.units, one.claimable);
        assert.ok(BigInt(claimed.gasUsed as string) > 100_000n);
        const after = (await run("earned", "--contributor", one.contributor)) as unknown as Earned;
        assert.deepEqual(
          after.positions.map(({ position, claimable, earned }) => [position, claimable, earned]),
          [[one.position, "0", one.earned]],
        );
        const nobody = await run("claim", "--contributor", "nobody");
        assert.equal((nobody.error as { code: string }).code, "TRB_CLI_NO_POSITION");
      },
    );

    await t.test(
      "a receipt that is checked: the payer's, one with another fee, one that no batch has",
      async () => {
        const check = async (file: string) => {
          const { code, stdout } = await tributary(["receipt", "check", file, "--json"], { cwd });
          const { ok, failures } = JSON.parse(stdout) as { ok: boolean; failures: { code: string }[] };
          return [code, ok, failures.map((failure) => failure.code)];
        };
        const trace = join(cwd, ".tributary/traces/1-0.json");
        assert.deepEqual(await check(trace), [0, true, []]);
        const { receipt: signed } = JSON.parse(readFileSync(trace, "utf8")) as { receipt: SignedReceiptJson };
        const edited = (change: Partial<SignedReceiptJson["receipt"]>): string => {
          const file = join(cwd, "edited.json");
          writeFileSync(file, JSON.stringify({ ...signed, receipt: { ...signed.receipt, ...change } }));
          return file;
        };
        assert.deepEqual(await check(edited({ fee: "1" })), [1, false, ["TRB_RECEIPT_SIGNATURE"]]);
        const stranger = "0x00000000000000000000000000000000000000aa";
        assert.deepEqual(await check(edited({ operator: stranger })), [
          1,
          false,
          ["TRB_RECEIPT_SIGNATURE", "TRB_RECEIPT_OPERATOR"],
        ]);
        assert.deepEqual(await check(edited({ trace: "7" })), [
          1,
          false,
          ["TRB_RECEIPT_SIGNATURE", "TRB_RECEIPT_PAYMENT"],
        ]);
        const account = developmentAccount("operator")!;
        const { contracts } = JSON.parse(readFileSync(join(cwd, ".tributary/chain.json"), "utf8")).deployment;
        const domain = { chainId: 31337n, treasury: contracts.treasury };
        const { receipt } = parseReceipt(JSON.stringify(signed));
        const later = join(cwd, "later.json");
        writeFileSync(
          later,
          encodeReceipt(await signReceipt(account, domain, { ...receipt, number: 4096n })),
        );
        assert.deepEqual(await check(later), [1, false, ["TRB_RECEIPT_UNCOMMITTED"]]);
        assert.deepEqual(await check(join(cwd, ".tributary/chain.json")), [
          1,
          false,
          ["TRB_SETTLEMENT_RECEIPT_FORMAT"],
        ]);
      },
    );

    await t.test("models and indexes are listed; what is secret of an index is not shown", async () => {
      const run = async (...args: string[]) => jsonOf(await tributary([...args, "--json"], { cwd }));
      const { models } = (await run("model", "list")) as { models: { model: number; kind: string }[] };
      assert.deepEqual(
        models.map(({ model, kind }) => [model, kind]),
        [[1, "linear"]],
      );
      const { indexes } = (await run("index", "list")) as { indexes: { index: number; indexId: string }[] };
      assert.deepEqual(
        indexes.map(({ index, indexId }) => [index, indexId]),
        [[1, "1"]],
      );
      const shown = await tributary(["index", "show", "--json"], { cwd });
      const manifest = join(cwd, ".tributary/index/1/index/manifest.json");
      const { phi } = (JSON.parse(readFileSync(manifest, "utf8")) as { body: { phi: string } }).body;
      assert.match(phi, /^0x[0-9a-f]{64}$/);
      assert.ok(!shown.stdout.includes(phi.slice(2)));
      assert.equal((jsonOf(shown).manifest as { rows: number }).rows, 674);
    });

    await t.test("a position that nobody has is not one whose earnings are paid", async () => {
      const claimed = jsonOf(await tributary(["claim", "--position", "15", "--json"], { cwd }));
      assert.equal((claimed.error as { code: string }).code, "TRB_CLI_NO_POSITION");
    });

    await t.test("rows that models were trained on are not replaced by others", async () => {
      const rows = ["data/harbour-desk/held-out.jsonl", "--text", "text", "--label", "label"];
      const args = ["datanet", "import", ...rows, "--contributors", "3", "--json"];
      const refused = jsonOf(await tributary(args, { cwd }));
      assert.equal((refused.error as { code: string }).code, "TRB_IMPORT_DATANET_IN_USE");
      const appended = jsonOf(await tributary([...args, "--append"], { cwd }));
      assert.equal((appended.error as { code: string }).code, "TRB_CLI_USAGE");
    });
  } finally {
    await chain.stop();
  }
});
