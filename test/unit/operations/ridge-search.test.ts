import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { RidgeSearchRecord } from "../../../src/attribution/types.ts";
import { memoryStore, type OutcomeStore } from "../../../src/evaluation/outcome-store.ts";
import { drawSome, STREAM, streamSeed } from "../../../src/evaluation/subsets.ts";
import { DEFAULT_METHOD } from "../../../src/operations/attribution/options.ts";
import { compareSearch } from "../../../src/operations/ridge-search/audit.ts";
import { chosenRidge, withSearched } from "../../../src/operations/ridge-search/record.ts";
import { type SearchInput, searchRidge } from "../../../src/operations/ridge-search/search.ts";
import { toyEvaluation } from "../../helpers/toy-evaluation.ts";
import { toyLoraEvaluation } from "../../helpers/toy-lora.ts";

const OPTIONS = { seed: 1, queries: 20, halves: 12, ridges: [1e-5, 1e-2, 1e3] };
const method = { ...DEFAULT_METHOD, candidates: 64 };

const inputOf = ({ data, models }: Awaited<ReturnType<typeof toyEvaluation>>): SearchInput => ({
  base: data.base,
  models,
  data: data.training,
  owners: data.owners,
  assigned: data.assigned,
  width: 16,
  method,
});
const search = (input: SearchInput, store = memoryStore(), workers = 1, options = OPTIONS) =>
  searchRidge(input, options, { store, workers }, () => {});

let toy: SearchInput;
let found: RidgeSearchRecord;
before(async () => {
  toy = inputOf(await toyEvaluation());
  found = await search(toy);
});

test("of a head trained at λ = 1e-2, whose influence is exact there, that λ is chosen", () => {
  assert.deepEqual(
    found.tried.map(({ ridge }) => ridge),
    OPTIONS.ridges,
  );
  assert.equal(chosenRidge(found), 1e-2);
  const [, best] = found.tried;
  assert.ok(best!.rows > 0.5 && best!.contributors > 0.5, JSON.stringify(found.tried));
  assert.equal(withSearched(method, found).ridge, 1e-2);
});

test("another number of threads finds the same numbers, and a search that was stopped trains no model twice", async () => {
  let [written, read] = [0, 0];
  const kept = memoryStore();
  const counting: OutcomeStore = {
    read: (key) => {
      const outcome = kept.read(key);
      if (outcome !== undefined) read++;
      return outcome;
    },
    write: (key, outcome) => {
      written++;
      kept.write(key, outcome);
    },
  };
  assert.deepEqual(await search(toy, counting, 2), found);
  assert.deepEqual([written, read], [24, 0]);
  assert.deepEqual(await search(toy, counting), found);
  assert.deepEqual([written, read], [24, 24]);
});

test("the rows that are set aside teach nothing: their labels have no say", async () => {
  const asked = new Set(drawSome(toy.owners.length, 20, streamSeed(1, STREAM.search)));
  const flip = (of: (row: number) => boolean) => ({
    ...toy,
    data: { ...toy.data, labels: toy.data.labels.map((label, i) => (of(i) ? (label + 1) % 4 : label)) },
  });
  assert.deepEqual(await search(flip((row) => asked.has(row))), found);
  const others = new Set([...toy.owners.keys()].filter((row) => !asked.has(row)).slice(0, 20));
  assert.notDeepEqual(await search(flip((row) => others.has(row))), found);
});

test("low-rank adapters are searched for around a hundred times their own λ", async () => {
  const lora = inputOf(await toyLoraEvaluation());
  const { tried, queries } = await searchRidge(
    lora,
    { seed: 2, queries: 100, halves: 4 },
    { store: memoryStore(), workers: 1 },
    () => {},
  );
  assert.equal(queries, 40, "a fifth of the rows at most");
  assert.deepEqual(
    tried.map(({ ridge }) => Number(ridge.toPrecision(6))),
    [0.1, 0.3, 1, 3, 10],
  );
});

test("too few rows are refused", async () => {
  const few = { ...toy, owners: toy.owners.slice(0, 49) };
  await assert.rejects(search(few), { code: "TRB_INDEX_SEARCH_ROWS" });
});

test("an audit finds a λ that is not the best of its search, and a search that does not come out again", () => {
  assert.deepEqual(compareSearch(1e-2, found, structuredClone(found)), []);
  assert.deepEqual(compareSearch(1e-2, found, undefined), []);
  const codes = (...args: Parameters<typeof compareSearch>) => compareSearch(...args).map(({ code }) => code);
  assert.deepEqual(codes(1e-5, found, undefined), ["TRB_AUDIT_SEARCH"]);
  const [worst, best, last] = found.tried as [never, RidgeSearchRecord["tried"][number], never];
  const better = { ...found, tried: [worst, { ...best, rows: best.rows + 1e-12 }, last] };
  assert.deepEqual(codes(1e-2, better, found), ["TRB_AUDIT_SEARCH"]);
});
