import { setTimeout as sleep } from "node:timers/promises";
import { TributaryError } from "../core/errors.ts";
import { fileStore } from "../settlement/outbox/file-store.ts";
import type { OutboxStore } from "../settlement/outbox/types.ts";
import { lockFolder } from "./locks.ts";
import type { Workspace } from "./workspace.ts";

/** As long as a transaction is waited for by default, and a little. */
const PATIENCE_MS = 200_000;
const PAUSE_MS = 50;

/** Takes an account's folder when the process that has it is done. */
async function whenFree(folder: string, patienceMs: number): Promise<() => void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await lockFolder(folder, "a transaction");
    } catch (error) {
      if (!(error instanceof TributaryError) || error.code !== "TRB_WORKSPACE_LOCKED") throw error;
      if (Date.now() > until) {
        throw new TributaryError(
          "TRB_SETTLEMENT_ACCOUNT_BUSY",
          "Another process sends with this account and is not done.",
          {
            details: error.details ?? folder,
            hint: "Wait until it ends, then run the same command again.",
            cause: error,
          },
        );
      }
    }
    await sleep(PAUSE_MS);
  }
}

/** The workspace's transactions on their way, one sender for each account. */
export const workspaceOutbox = ({ outbox }: Workspace, patienceMs = PATIENCE_MS): OutboxStore =>
  fileStore(outbox, (folder) => whenFree(folder, patienceMs));
