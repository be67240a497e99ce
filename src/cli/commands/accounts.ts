import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { ensureFolder } from "../../files/disk.ts";
import { createKeystore } from "../../settlement/keystore.ts";
import { readPassword } from "../../settlement/password.ts";
import { type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import { keystoreAddress, keystoreNames, keystorePath } from "../accounts.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { wholeNumber } from "../row-options.ts";

/** One key of the workspace. A file that cannot be read says why, and hides none of the others. */
function listed(
  workspace: Workspace,
  name: string,
): { name: string; address: Hex | null; problem?: ReturnType<TributaryError["toJSON"]> } {
  try {
    return { name, address: keystoreAddress(workspace, name) };
  } catch (error) {
    if (!(error instanceof TributaryError)) throw error;
    return { name, address: null, problem: error.toJSON() };
  }
}

const describe = (problem: { readonly code: string; readonly message: string } | undefined): string =>
  problem === undefined ? "the file does not say" : `${problem.message} (${problem.code})`;

/** `tributary accounts`: encrypted keys in the workspace. */
export function registerAccounts(program: Command): void {
  const accounts = program
    .command("accounts")
    .description("encrypted keys of accounts, kept in the workspace");

  addCommand<{ passwordFd?: number }>(accounts, {
    usage: "new <name>",
    summary: "make a key and keep it encrypted in the workspace's keystore",
    example:
      "TRIBUTARY_PASSWORD=… tributary accounts new alice\ntributary accounts new alice --password-fd 3 3<password.txt",
    options: (command) =>
      command.option(
        "--password-fd <number>",
        "file descriptor to read the password from (default: TRIBUTARY_PASSWORD)",
        wholeNumber(0, 1e6),
      ),
    writes: ["keystore"],
    run: async ({ dir }, { passwordFd }, [name]) => {
      const workspace = workspaceAt(dir);
      const path = keystorePath(workspace, name!);
      const password = readPassword(passwordFd === undefined ? {} : { descriptor: passwordFd });
      ensureFolder(workspace.keystore);
      const account = await createKeystore(path, password);
      return {
        ok: true,
        data: { name, address: account.address, file: path },
        text: `${name} is ${account.address}; the encrypted key is in ${path}`,
      };
    },
  });

  addCommand(accounts, {
    usage: "list",
    summary: "names and addresses of the keys in the workspace",
    example: "tributary accounts list",
    run: async ({ dir }) => {
      const workspace = workspaceAt(dir);
      const list = keystoreNames(workspace).map((name) => listed(workspace, name));
      const text =
        list.length === 0
          ? "No keys yet: tributary accounts new NAME"
          : table(list.map(({ name, address, problem }) => [name, address ?? describe(problem)]));
      return { ok: true, data: { accounts: list }, text };
    },
  });
}
