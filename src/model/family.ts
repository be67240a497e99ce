import { linearFamily } from "./linear-family.ts";
import { loraFamily } from "./lora/family.ts";
import { mlpFamily } from "./mlp/family.ts";
import type { ModelFamily } from "./model-family.ts";
import type { Adapter, Base } from "./types.ts";

/**
 * The family of a kind of adapter.
 *
 * @param base the frozen base, needed for "lora"
 */
export function familyOf(kind: Adapter["kind"], base?: Base): ModelFamily {
  switch (kind) {
    case "linear":
      return linearFamily;
    case "mlp":
      return mlpFamily;
    case "lora":
      if (base === undefined) throw new RangeError("a lora family needs its base");
      return loraFamily(base);
  }
}
