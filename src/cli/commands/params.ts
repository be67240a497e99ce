import type { Command } from "commander";
import { paramsDigest } from "../../params/digest.ts";
import { indexCoefficients, TIER_NAMES, TIERS } from "../../params/tiers.ts";
import { addCommand } from "../command.ts";

/** `tributary params`: the sizes of the tiers and the digest that two parties compare. */
export function registerParams(program: Command): void {
  addCommand(program, {
    usage: "params",
    standalone: true,
    summary: "show the tiers and the digest of all protocol parameters",
    example: "tributary params --json",
    run: async () => {
      const tiers = TIER_NAMES.map((name) => ({
        ...TIERS[name],
        coefficients: indexCoefficients(TIERS[name]),
      }));
      const lines = tiers.map(
        ({ name, traces, positions, width }) =>
          `${name.padEnd(6)} Q = ${traces} traces a batch, C = ${positions} positions, k = ${width} columns`,
      );
      return {
        ok: true,
        data: { paramsDigest: paramsDigest(), tiers },
        text: [...lines, `digest ${paramsDigest()}`].join("\n"),
      };
    },
  });
}
