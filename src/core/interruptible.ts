import { TributaryError } from "./errors.ts";

const cancelled = (signal: AbortSignal): TributaryError =>
  new TributaryError("TRB_CANCELLED", "the work was cancelled; nothing half-done was kept", {
    ...(signal.reason === undefined ? {} : { cause: signal.reason }),
    hint: "Run the same command again: what was finished before is kept.",
  });

/**
 * Waits for work that cannot be stopped itself, and stops waiting when told to: the caller's `finally` then ends the
 * threads and removes the files that the work was using.
 *
 * @throws TRB_CANCELLED, or what the work throws
 */
export async function interruptible<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw cancelled(signal);
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(cancelled(signal));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
