import assert from "node:assert/strict";
import { importDataNet } from "../../../src/datanet/import.ts";
import { parseColumns } from "../../../src/datanet/source/columns.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";

testOnRealData(
  "banking77: 10,003 rows to 64 contributors, 4 exact copies refused",
  ["banking77Train", "banking77Test"],
  async () => {
    const { datanet, refusals, heldOut } = await importDataNet({
      name: "banking77",
      file: realData("banking77Train"),
      columns: { text: "text", label: "category" },
      contributors: 64,
      capacity: 128,
      heldOut: { file: realData("banking77Test") },
    });
    assert.equal(datanet.labels.length, 77);
    assert.equal(datanet.contributors.length, 64);
    assert.deepEqual(new Set(datanet.rows.map(({ position }) => position)).size, 64);
    const duplicates = refusals.filter(({ reason }) => reason === "duplicate").length;
    assert.deepEqual([datanet.rows.length, duplicates], [9999, 4]);
    assert.deepEqual([heldOut.length, refusals.length - duplicates], [3073, 7]);
  },
);

testOnRealData(
  "optdigits: 64 numbers a row, columns by number under a header",
  ["optdigitsTrain", "optdigitsTest"],
  async () => {
    const { datanet, refusals, heldOut } = await importDataNet({
      name: "optdigits",
      file: realData("optdigitsTrain"),
      columns: { features: parseColumns("0-63"), label: "64" },
      contributors: 12,
      heldOut: { file: realData("optdigitsTest") },
    });
    assert.deepEqual([datanet.kind, datanet.dimension, datanet.labels], ["numeric", 64, [..."0123456789"]]);
    assert.deepEqual([datanet.rows.length, heldOut.length, refusals], [3823, 1797, []]);
    assert.ok(
      datanet.rows.every(({ features }) => (features as Float64Array).every((x) => x >= 0 && x <= 16)),
    );
  },
);
