import { closeSync, readSync, realpathSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import { openRegular } from "./bounded.ts";

/** A regular file that is open for reading in places. */
export interface OpenFile {
  /** Some of it, all of which must be there. @throws RangeError */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** @throws TRB_FILE_NOT_A_FILE; Node's own errors */
export function openPlaces(path: string): OpenFile {
  const { descriptor, size } = openRegular(path);
  return {
    read: (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new RangeError(`bytes ${offset} to ${offset + length} of a file of ${size}`);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const got = readSync(descriptor, bytes, done, length - done, offset + done);
        if (got === 0) throw new RangeError(`the file ended at byte ${offset + done}`);
        done += got;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

/**
 * Where a file lies that another one names, which may be from anybody: below the folder, by a relative path without "..", and not
 * elsewhere by a link.
 *
 * @throws RangeError where it is not; Node's own errors where it is not there
 */
export function pathBeside(folder: string, named: string): string {
  if (isAbsolute(named) || /^[a-z]:/i.test(named) || /^[\\/]/.test(named))
    throw new RangeError("an absolute path");
  if (named.includes("\0") || named.split(/[\\/]/).includes(".."))
    throw new RangeError("a path out of the folder");
  const real = realpathSync(join(folder, named));
  if (real.startsWith(join(realpathSync(folder), sep))) return real;
  throw new RangeError("a link out of the folder");
}
