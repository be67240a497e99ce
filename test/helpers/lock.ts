import { spawn } from "node:child_process";
import { once } from "node:events";

const MODULE = new URL("../../src/workspace/lock.ts", import.meta.url).href;

/** A process of its own that takes a workspace's lock and keeps it until it is killed. */
export async function holdLock(
  dir: string,
  command: string,
): Promise<{ pid: number; kill: () => Promise<void> }> {
  const code = `const { lockWorkspace } = await import(${JSON.stringify(MODULE)});
    await lockWorkspace(${JSON.stringify(dir)}, ${JSON.stringify(command)});
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
