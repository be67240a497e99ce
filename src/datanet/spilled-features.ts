import type { SpillFile } from "../files/spill-file.ts";
import type { FeatureStore } from "./feature-store.ts";
import { linesOf } from "./file-lines.ts";
import { featuresJson } from "./row-lines.ts";
import type { Features } from "./types.ts";

const BATCH = 1 << 20;
const PART = 1 << 22;

/** Features on disk, as the DataNet's files will have them: a million rows take no memory, and are written as they are read. */
export class SpilledFeatures implements FeatureStore<string> {
  readonly #spill: SpillFile;
  #batch: string[] = [];
  #length = 0;

  /** @param spill empty; has to stay open as long as this is used */
  constructor(spill: SpillFile) {
    this.#spill = spill;
  }

  add(features: Features): void {
    const json = featuresJson(features);
    this.#batch.push(json, "\n");
    this.#length += json.length;
    if (this.#length > BATCH) this.#flush();
  }

  #flush(): void {
    this.#spill.append(Buffer.from(this.#batch.join("")));
    this.#batch = [];
    this.#length = 0;
  }

  all(): Iterable<string> {
    this.#flush();
    return linesOf(this.#spill.parts(PART));
  }
}
