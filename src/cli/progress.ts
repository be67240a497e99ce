import { SingleBar } from "cli-progress";
import type { OnProgress, Progress } from "../core/progress.ts";

/** Work that ends within this time shows nothing. */
const QUIET_MS = 2_000;
/** Without a terminal: a line at most this often. */
const LINE_MS = 5_000;

interface Reporter {
  readonly report: OnProgress;
  readonly end: () => void;
}

function bar(): Reporter {
  const single = new SingleBar({
    format: "{stage} [{bar}] {percentage}% {duration_formatted}",
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    report: ({ stage, done, total }) => {
      if (!started) single.start(total, done, { stage });
      started = true;
      single.setTotal(total);
      single.update(done, { stage });
    },
    end: () => {
      if (started) single.stop();
    },
  };
}

function lines(): Reporter {
  let last = Number.NEGATIVE_INFINITY;
  let shown = "";
  return {
    report: ({ stage, done, total }) => {
      const now = performance.now();
      const line = `${stage}: ${Math.round((100 * done) / Math.max(total, 1))} %\n`;
      if (line === shown || now - last < LINE_MS) return;
      last = now;
      shown = line;
      process.stderr.write(line);
    },
    end: () => {},
  };
}

/**
 * Progress on stderr for commands that take more than two seconds: a bar on a terminal, otherwise a line at most
 * every few seconds and only where it says something new. A timer repeats the last report, so that the bar appears (and its clock runs) during one long part.
 */
export function startProgress(): Reporter {
  const reporter = process.stderr.isTTY ? bar() : lines();
  const begun = performance.now();
  let last: Progress | undefined;
  const show = (): void => {
    if (last !== undefined && performance.now() - begun >= QUIET_MS) reporter.report(last);
  };
  const timer = setInterval(show, 500);
  timer.unref();
  return {
    report: (progress) => {
      last = progress;
      show();
    },
    end: () => {
      clearInterval(timer);
      reporter.end();
    },
  };
}
