import type { Command } from "commander";
import { Option } from "commander";
import { checkKeys } from "../../operations/keys/keys.ts";
import { TIER_NAMES, type TierName } from "../../params/tiers.ts";
import { addCommand } from "../command.ts";
import { registerKeysCeremony } from "./keys-ceremony.ts";
import { registerKeysFetch } from "./keys-fetch.ts";

interface Options {
  readonly tier?: TierName;
}

const tierChoice = (): Option => new Option("--tier <name>", "only this tier").choices(TIER_NAMES);

/** `tributary keys`: development keys, whether what is built is what the manifest pins, and ceremonies. */
export function registerKeys(program: Command): void {
  const keys = program.command("keys").description("proving and verifying keys");

  addCommand<Options>(keys, {
    usage: "dev",
    standalone: true,
    summary: "build circuits and development keys (public secrets: for chain 31337 only)",
    example: "tributary keys dev --tier small",
    options: (command) => command.addOption(tierChoice()),
    run: async ({ onProgress }, { tier }) => {
      const tiers: TierName[] = tier === undefined ? ["mini", "small"] : [tier];
      const { setupCircuits } = await import("../../../scripts/setup/circuits.ts");
      const { setupKeys } = await import("../../../scripts/setup/keys.ts");
      const say = (stage: string): void => onProgress({ stage, done: 0, total: 1 });
      await setupCircuits(tiers, say);
      await setupKeys(tiers, say, onProgress);
      return { ok: true, data: { tiers }, text: `Development keys are there for ${tiers.join(", ")}.` };
    },
  });

  addCommand<Options>(keys, {
    usage: "check",
    standalone: true,
    summary:
      "compare circuits, keys and powers of tau with the pinned digests: exit code 1 where one differs",
    example: "tributary keys check --tier mini",
    options: (command) => command.addOption(tierChoice()),
    run: async (_context, { tier }) => {
      const checks = await checkKeys(tier === undefined ? undefined : [tier]);
      const lines = checks.map(({ what, ok, expected, found }) =>
        ok ? `ok    ${what}` : `WRONG ${what}: ${found}, expected ${expected}`,
      );
      return { ok: checks.every(({ ok }) => ok), data: { checks }, text: lines.join("\n") };
    },
  });

  registerKeysFetch(keys);
  registerKeysCeremony(keys);
}
