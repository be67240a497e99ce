import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonOf, tributary } from "./cli.ts";
import { TOY_LABELS, toyPoints } from "./toy-model.ts";

/** A user at a terminal, who works in one folder. */
export interface Terminal {
  readonly dir: string;
  /** What a command that has to end well prints as JSON. */
  run(...args: string[]): Promise<Record<string, unknown>>;
  /** The code of an error that a command has to end with: exit code 2. */
  refusal(...args: string[]): Promise<string>;
}

export function terminal(dir: string): Terminal {
  const all = (args: readonly string[]) => tributary([...args, "--dir", dir, "--json"]);
  return {
    dir,
    async run(...args) {
      const result = await all(args);
      assert.equal(result.code, 0, `${args.join(" ")}\n${result.stdout}${result.stderr}`);
      return jsonOf(result);
    },
    async refusal(...args) {
      const result = await all(args);
      assert.equal(result.code, 2, `${args.join(" ")}\n${result.stdout}${result.stderr}`);
      return (jsonOf(result).error as { code: string }).code;
    },
  };
}

/** Imports `count` toy points of five contributors, a fifth of them held out. @returns a file with four requests */
export async function importToyRows({ dir, run }: Terminal, count: number, seed: number): Promise<string> {
  const { points, labels } = toyPoints(count, seed);
  const lines = points.map((row, i) => [...row, TOY_LABELS[labels[i]!], `owner-${i % 5}`].join(","));
  writeFileSync(`${dir}.csv`, `${lines.join("\n")}\n`);
  const columns = ["--features", "0-11", "--label", "12", "--contributor", "13"];
  await run("datanet", "import", `${dir}.csv`, ...columns, "--hold-out", "0.2");
  const requests = toyPoints(4, seed + 1).points.map((row) => JSON.stringify([...row]));
  writeFileSync(`${dir}.jsonl`, `${requests.join("\n")}\n`);
  return `${dir}.jsonl`;
}

/**
 * The newest model of a workspace from its index to an explained payout: built, registered, asked four requests, and their batch
 * committed, proven and verified against the chain. One payout is explained by inferences and rows that add up to it.
 *
 * @returns the batch's name
 */
export async function settleStory({ dir, run }: Terminal, rpc: string, requests: string): Promise<string> {
  await run("index", "build");
  await run("register");
  await run("infer", "--requests", requests);
  const blinds = readdirSync(join(dir, "traces")).map((name) => {
    const { blind } = JSON.parse(readFileSync(join(dir, "traces", name), "utf8")) as { blind: string };
    return blind;
  });
  assert.ok(blinds.length > 1 && new Set(blinds).size === blinds.length, "every trace is blinded anew");
  await run("batch", "commit");
  const { proven } = (await run("prove")) as { proven: { name: string; bundle: string }[] };
  assert.equal(proven.length, 1);
  const [{ name, bundle }] = proven as [{ name: string; bundle: string }];
  await run("verify", join(dir, "proofs", `${name}.json`), "--rpc", rpc);
  const { payouts } = JSON.parse(readFileSync(bundle, "utf8")) as { payouts: string[] };
  const paid = payouts.findIndex((units) => BigInt(units) > 0n);
  const { explanation } = await run("explain", name, "--position", String(paid));
  assert.equal((explanation as { total: string }).total, payouts[paid]);
  return name;
}
