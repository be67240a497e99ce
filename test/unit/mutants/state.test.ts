import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { State } from "../../../bench/mutants/state.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(() => folder.remove());

test("a survivor is tried again with other tests, unless it was reviewed; whatever is known, with another text", async () => {
  const path = join(folder.path, "state.jsonl");
  const known = { text: "a", tests: "1" };
  const state = await State.open(path);
  await state.put("lives", { result: "survived", ...known });
  await state.put("dies", { result: "killed", by: "a test", ...known });
  const kept = await State.open(path);
  const later = { text: "a", tests: "2" };
  assert.equal(kept.get("lives", known)?.result, "survived");
  assert.equal(kept.get("lives", later), undefined);
  assert.equal(kept.get("lives", later, true)?.result, "survived");
  assert.equal(kept.get("dies", later)?.result, "killed");
  for (const key of ["lives", "dies"])
    assert.equal(kept.get(key, { text: "b", tests: "1" }, true), undefined);
});
