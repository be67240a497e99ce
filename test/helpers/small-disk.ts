import { spawnSync } from "node:child_process";
import { mkdir, rmdir } from "node:fs/promises";

/** A folder that holds no more than `size` (in mount's notation). */
export interface SmallDisk {
  readonly path: string;
  unmount(): Promise<void>;
}

/** Mounts a small disk in memory; undefined where this process may not, or the system knows no tmpfs. */
export async function mountSmallDisk(path: string, size: string): Promise<SmallDisk | undefined> {
  await mkdir(path);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path]);
  if (mounted.status !== 0) {
    await rmdir(path);
    return undefined;
  }
  return {
    path,
    async unmount() {
      spawnSync("umount", [path]);
      await rmdir(path);
    },
  };
}
