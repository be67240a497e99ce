import { describe, it } from "node:test";
import { commitmentsOf, type SettlementCase, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

const withSlots = (change: (slot: SettlementCase["slots"][number]) => object): SettlementCase => ({
  ...ordinary,
  slots: ordinary.slots.map((slot) => ({ ...slot, ...change(slot) })),
});

describe("a committed trace is settled as if it were another one, where its hash leaves out", () => {
  const attacks = [
    {
      name: "the index: a trace of one index, settled with another",
      line: ["hash.in[0] <== indexId;", "hash.in[0] <-- indexId + 1;"],
      committed: { ...ordinary, indexId: ordinary.indexId + 1n },
      refusedBy: "hash.in[0]",
    },
    {
      name: "the pool",
      line: ["hash.in[4] <== pool;", "hash.in[4] <-- pool + 1;"],
      committed: withSlots(({ pool }) => ({ pool: pool + 1n })),
      refusedBy: "hash.in[4]",
    },
    {
      name: "the sketch",
      line: ["hash.in[6 + j] <== u[j];", "hash.in[6 + j] <-- -u[j];"],
      committed: withSlots(({ u }) => ({ u: u.map((x) => -x) })),
      refusedBy: "hash.in[",
    },
  ] as const;
  for (const { name, line, committed, refusedBy } of attacks) {
    it(name, () =>
      assertOnlyMutantAccepts({
        patches: [replaced("settlement/trace.circom", line[0], line[1])],
        input: settlementInput(hash, ordinary, { commitments: commitmentsOf(hash, committed) }),
        refusedBy,
      }),
    );
  }
});

it("a t that is not the hash at all", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced("settlement/trace.circom", "trace <== active * commitment;", "trace <-- active * 424242;"),
    ],
    input: settlementInput(hash, ordinary, { trace: [424242n, 424242n] }),
    refusedBy: "].trace",
  }));
