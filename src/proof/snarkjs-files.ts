import { AsyncLocalStorage } from "node:async_hooks";
import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** The files that one piece of work has opened. */
const opened = new AsyncLocalStorage<Set<FileHandle>>();

/*
 * snarkjs 0.7.6 forgets some of the files that it opens (fastfile opens them by fs.promises.open). Node 24 closes a forgotten file
 * when it collects its handle and warns of it (DEP0137); a later Node refuses. So what snarkjs opens is noted, and closed here.
 */
const open = fs.promises.open;
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  opened.getStore()?.add(handle);
  return handle;
};

/** Runs work of snarkjs, and closes every file that it opened and left. */
export async function closingFiles<T>(work: () => Promise<T>): Promise<T> {
  const handles = new Set<FileHandle>();
  try {
    return await opened.run(handles, work);
  } finally {
    // −1: it was closed.
    for (const handle of handles) if (handle.fd >= 0) await handle.close();
  }
}
