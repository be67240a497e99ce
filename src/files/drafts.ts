import { rmSync } from "node:fs";

/** Files and folders that are written under a passing name now, and that nobody needs if the process ends. */
const open = new Set<string>();
let tell: ((path: string, begun: boolean) => void) | undefined;

/** Says that `path` is begun as a draft, or is one no more: renamed, or removed. */
export function noteDraft(path: string, begun: boolean): void {
  if (begun) open.add(path);
  else open.delete(path);
  tell?.(path, begun);
}

/** Has another thread told, which outlives this one. */
export function watchDrafts(listener: (path: string, begun: boolean) => void): void {
  tell = listener;
}

/** Removes what is half done, for a process that ends before those who write it can. */
export function removeDrafts(): void {
  for (const path of open) rmSync(path, { recursive: true, force: true });
  open.clear();
}
