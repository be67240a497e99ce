const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Watches for Ctrl-C and `kill` while a command works that leaves something to tidy. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Lets signals have their usual effect again. */
  readonly end: () => void;
}

/** The signal that ended the work, to be passed on when all is tidied: a shell tells Ctrl-C from a failure by it. */
let received: (typeof SIGNALS)[number] | undefined;

/**
 * The first signal cancels; a second one ends the process at once.
 *
 * @param listen false for a command that takes its signals itself: then nothing is ever cancelled
 */
export function watchInterruption(listen = true): Interruption {
  const controller = new AbortController();
  const handlers = (listen ? SIGNALS : []).map((name) => {
    const handler = (): void => {
      received = name;
      controller.abort(new Error(name));
    };
    process.once(name, handler);
    return [name, handler] as const;
  });
  return {
    signal: controller.signal,
    end: () => {
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}

/** Ends the process by the signal that cancelled its work, if one did. */
export function passInterruptionOn(): void {
  if (received !== undefined) process.kill(process.pid, received);
}
