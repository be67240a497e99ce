import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RecordKind } from "../../src/workspace/locks.ts";

const MODULE = new URL("../../src/workspace/locks.ts", import.meta.url).href;
const LOCK = new URL("../../src/workspace/lock.ts", import.meta.url).href;

/**
 * A process of its own that takes a folder's lock, or those of some records of a workspace, until it is killed.
 *
 * @param worker the process that it says does its work
 */
export async function holdLock(
  dir: string,
  command: string,
  kinds?: readonly RecordKind[],
  worker?: number,
): Promise<{ pid: number; kill: () => Promise<void> }> {
  const asked =
    kinds === undefined
      ? `lockFolder(${JSON.stringify(dir)}, `
      : `lockRecords(${JSON.stringify(dir)}, ${JSON.stringify(kinds)}, `;
  const code = `const { lockFolder, lockRecords } = await import(${JSON.stringify(MODULE)});
    await ${asked}${JSON.stringify(command)});
    ${worker === undefined ? "" : `(await import(${JSON.stringify(LOCK)})).nameWorker(${worker});`}
    console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { pid: child.pid!, kill };
}
