import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { test } from "node:test";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { addCommand, type CommandSpec } from "../../src/cli/command.ts";
import { explainError } from "../../src/cli/errors.ts";
import { errorJson, outcomeJson } from "../../src/cli/output.ts";
import { buildProgram } from "../../src/cli/program.ts";

const REPOSITORY = new URL("../../", import.meta.url);

/** What --json prints of an error, of every command alike. */
const failure = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({
    code: z.string().regex(/^TRB_[A-Z0-9_]+$/),
    message: z.string().min(1),
    details: z.string().optional(),
    hint: z.string().optional(),
  }),
});

function leaves(
  command: Command,
  name: readonly string[] = [],
): { name: readonly string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((child) => leaves(child, [...name, child.name()]));
}

test("every command's errors have one shape", async () => {
  const program = await buildProgram();
  for (const { name, command } of leaves(program)) {
    command.exitOverride().configureOutput({ outputError: () => {} });
    const error = await program.parseAsync([...name, "--no-such-option", "--json"], { from: "user" }).then(
      () => assert.fail(name.join(" ")),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof CommanderError, name.join(" "));
    const { error: shown } = failure.parse(JSON.parse(errorJson(await explainError(error))));
    assert.equal(shown.code, "TRB_CLI_USAGE", name.join(" "));
  }
});

test("an outcome has ok first, the gas that was used, and whole numbers as decimal strings", () => {
  const data = { units: 2n ** 63n, list: [{ gasUsed: 21_000n }], name: "x" };
  const sent = JSON.parse(outcomeJson({ ok: true, gasUsed: 0n, data, text: "" }));
  assert.deepEqual(sent, {
    ok: true,
    units: "9223372036854775808",
    list: [{ gasUsed: "21000" }],
    name: "x",
    gasUsed: "0",
  });
  assert.equal(Object.keys(sent)[0], "ok");
  assert.deepEqual(JSON.parse(outcomeJson({ ok: false, data: {}, text: "" })), { ok: false });
});

/** Commands that sign and send nothing: a receipt is no transaction. */
const SIGN_ONLY = ["infer"];
/** Commands that look at an account without signing for it. */
const LOOK_ONLY = ["explain"];

test("whoever signs for transactions says what gas they used: the types hold a new command to it", async () => {
  const signing = leaves(await buildProgram())
    .filter(({ command }) => command.options.some(({ long }) => long === "--account"))
    .map(({ name }) => name.join(" "))
    .filter((name) => ![...SIGN_ONLY, ...LOOK_ONLY].includes(name));
  assert.deepEqual(signing.sort(), ["batch commit", "claim", "register", "settle", "withdraw"]);
  let sending = 0;
  for await (const path of glob("src/cli/commands/*.ts", { cwd: REPOSITORY })) {
    sending += readFileSync(new URL(path, REPOSITORY), "utf8").match(/^ {4}sends: true,$/gm)?.length ?? 0;
  }
  // Those that sign, and `chain fund`, which signs with the development chain's own account.
  assert.equal(sending, signing.length + 1);
});

test("a command that sends has to say its gas, or it does not compile", () => {
  const program = new Command();
  const silent = { ok: true, data: {}, text: "" };
  // @ts-expect-error gasUsed is missing
  const spec: CommandSpec<object> = {
    usage: "x",
    summary: "x",
    example: "tributary x",
    sends: true,
    run: async () => silent,
  };
  addCommand(program, spec);
  assert.equal(program.commands.length, 1);
});
