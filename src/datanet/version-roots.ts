import { dataNetError } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import { MerkleFrontier } from "./merkle.ts";
import type { FileRow } from "./row-files.ts";
import { toHex } from "./rows.ts";

/** Holds rows, as they are read one by one, against every version's root: a version is a prefix of the rows. */
export class VersionRoots {
  readonly #folder: string;
  readonly #manifest: Manifest;
  readonly #tree = new MerkleFrontier();
  #rows = 0;
  /** Versions whose rows have all come. */
  #complete = 0;

  /** @throws TRB_DATANET_ROOT_MISMATCH where the versions themselves do not follow one another */
  constructor(folder: string, manifest: Manifest) {
    this.#folder = folder;
    this.#manifest = manifest;
    const { versions, contributors, capacity } = manifest;
    versions.forEach(({ number, rows, parent }, i) => {
      const before = versions[i - 1];
      if (number !== i + 1 || parent !== (before?.root ?? null) || rows <= (before?.rows ?? 0))
        throw this.#damaged(`version ${number} does not follow`);
    });
    if (versions.at(-1)!.contributors !== contributors.length || contributors.length > capacity)
      throw this.#damaged("the newest version counts other contributors");
  }

  #damaged(details: string): Error {
    return dataNetError("ROOT_MISMATCH", "The folder's rows are not those that its versions commit to.", {
      details: `${this.#folder}: ${details}`,
      hint: "It was changed by hand: import the data again.",
    });
  }

  /** @throws TRB_DATANET_ROOT_MISMATCH */
  add({ leaf, version, position }: Pick<FileRow, "leaf" | "version" | "position">): void {
    const current = this.#manifest.versions[this.#complete];
    if (current === undefined) throw this.#damaged("the newest version counts fewer rows");
    if (version !== current.number || position >= current.contributors)
      throw this.#damaged(`row ${this.#rows + 1} is not one of version ${current.number}`);
    this.#tree.add(leaf);
    this.#rows++;
    if (this.#rows < current.rows) return;
    if (toHex(this.#tree.root()) !== current.root)
      throw this.#damaged(`version ${current.number} has another root`);
    this.#complete++;
  }

  /** After the last row. @throws TRB_DATANET_ROOT_MISMATCH where rows are missing */
  end(): void {
    if (this.#complete < this.#manifest.versions.length)
      throw this.#damaged(`there are ${this.#rows} rows, too few for version ${this.#complete + 1}`);
  }
}
