import assert from "node:assert/strict";
import { parseColumns } from "../../../src/datanet/source/columns.ts";
import { evaluateRows } from "../../../src/evaluation/evaluate-rows.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { DEFAULT_METHOD } from "../../../src/operations/attribution/options.ts";
import { readRows } from "../../../src/operations/import.ts";
import { gateLines } from "../../../src/report/evaluation/gate-lines.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";

// The whole table, with more subsets, is `make bench-attribution`.
testOnRealData(
  "the cheap gates hold on optdigits with softmax regression, in the integers of the small tier",
  ["optdigitsTrain", "optdigitsTest"],
  async () => {
    const rows = await readRows(
      {
        file: realData("optdigitsTrain"),
        columns: { features: parseColumns("0-63"), label: "64" },
        contributors: 100,
        heldOut: { file: realData("optdigitsTest") },
        seed: 1,
        tier: "small",
      },
      () => {},
    );
    const { gates } = await evaluateRows(
      rows,
      { adapter: { kind: "linear" }, ridge: 1e-4 },
      {
        tier: "small",
        seed: 1,
        method: DEFAULT_METHOD,
        subsets: 24,
        repeats: 1,
        members: 1,
        membersFrom: "seeds",
        queries: 50,
        leftOut: 2,
        workers: 2,
        parts: ["lds-rows", "lds-contributors", "mislabel", "null", "fidelity"],
      },
      memoryStore(),
      () => {},
    );
    const missed = gates.filter(({ passed }) => passed === false);
    assert.deepEqual(missed, [], gateLines(gates));
    assert.deepEqual(
      gates.filter(({ passed }) => passed === null).map(({ id }) => id),
      [
        "contributors-spearman",
        "contributors-variation",
        "contributors-sign",
        "loo",
        "rows-exact",
        "copies",
        "near-duplicates",
        "outlier",
        "circuit",
      ],
    );
  },
);
