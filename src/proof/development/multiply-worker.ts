import { type Arena, openArena } from "./arena.ts";
import { type FixedBase, fixedBase } from "./fixed-base.ts";
import type { GroupName } from "./point-additions.ts";

/** A share of a multiplication: shared memory, so that nothing is copied between threads. */
export interface MultiplyTask {
  readonly group: GroupName;
  readonly windowBits: number;
  readonly scalars: Uint8Array<SharedArrayBuffer>;
  readonly points: Uint8Array<SharedArrayBuffer>;
}

let arena: Arena | undefined;
/** This thread's tables, by group and width: they cost as much as thousands of points. */
const tables = new Map<string, FixedBase>();

/** Runs on a worker thread. */
export default function multiply(task: MultiplyTask): void {
  arena ??= openArena();
  const name = `${task.group}/${task.windowBits}`;
  const base = tables.get(name) ?? fixedBase(arena, task.group, task.windowBits);
  tables.set(name, base);
  base.multiply(task.scalars, task.points);
}
