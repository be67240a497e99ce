import { TIERS } from "../../src/params/tiers.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import type { Example } from "./proof-example.ts";
import { exampleBatch, provenExample } from "./proof-fixture.ts";
import { openProofTools, type ProofTools } from "./proof-tools.ts";
import { openVerifiers, type Verifiers } from "./proof-verdicts.ts";

/** The scene of every attack: an honest batch with its proof, the attacker's tools, and both verifiers. */
export interface Scene {
  readonly tools: ProofTools;
  readonly example: Example;
  /** The product's proof of the example. */
  readonly honest: Settlement;
  readonly verifiers: Verifiers;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const tools = await openProofTools();
  const example = await exampleBatch(tools);
  const honest = await provenExample(tools, example);
  const verifiers = await openVerifiers(tools.verifyingKey);
  return {
    tools,
    example,
    honest,
    verifiers,
    async close() {
      await verifiers.close();
      await tools.close();
    },
  };
}

/** The position that every thief here is paid at. */
export const THIEF = 5;

/** Scores by which the thief alone has influence on every trace. */
export function stolenScores({ traces }: Example): Int32Array[] {
  return traces.map(() => {
    const scores = new Int32Array(TIERS.mini.positions);
    scores[THIEF] = 1;
    return scores;
  });
}
