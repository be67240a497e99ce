import type { SpillFile } from "../files/spill-file.ts";
import type { FeatureStore } from "./feature-store.ts";
import { featuresJson } from "./row-lines.ts";
import { SpilledLines } from "./spilled-lines.ts";
import type { Features } from "./types.ts";

/** Features on disk, as the DataNet's files will have them: a million rows take no memory, and are written as they are read. */
export class SpilledFeatures implements FeatureStore<string> {
  readonly #lines: SpilledLines;

  /** @param spill empty; has to stay open as long as this is used */
  constructor(spill: SpillFile) {
    this.#lines = new SpilledLines(spill);
  }

  add(features: Features): void {
    this.#lines.add(featuresJson(features));
  }

  all(): Iterable<string> {
    return this.#lines.lines();
  }
}
