import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { Features } from "../../datanet/types.ts";
import { readText, removeFolder, writeJson, writeWhole } from "../../files/disk.ts";
import { buildReport } from "../../operations/demo/report.ts";
import type { Request } from "../../operations/demo/requests.ts";
import { type DemoOptions, runDemo } from "../../operations/demo/run.ts";
import { formatOpen } from "../../operations/fees.ts";
import { developmentSource } from "../../operations/keys/key-source.ts";
import { checkOnnx } from "../../operations/training/check-base.ts";
import { chooseBackend } from "../../proof/choose-backend.ts";
import { requireBuilt } from "../../proof/keys.ts";
import { renderReport } from "../../report/html.ts";
import type { Report } from "../../report/schema.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type AdapterFlags, adapterFrom, adapterOptions } from "../adapter-options.ts";
import { addCommand } from "../command.ts";
import { createInProcessChain } from "../dev-chain.ts";
import { deployDevelopment, developmentAddress, developmentCast } from "../development.ts";
import { DEFAULT_FORK, type Fork, forkOption } from "../forks.ts";
import { type OnnxFlags, onnxFrom, onnxOptions } from "../onnx-options.ts";
import { table } from "../output.ts";
import {
  columnsFrom,
  dialectFrom,
  feeOption,
  heldOutFrom,
  type RowFlags,
  rowOptions,
} from "../row-options.ts";
import { VERSION } from "../version.ts";
import { percent } from "./train.ts";

interface Options extends RowFlags, AdapterFlags, OnnxFlags {
  readonly data?: string;
  readonly out: string;
  readonly fee: bigint;
  readonly fork: Fork;
}

/** Held out of a file of the user's own that came without a test file. */
const DEFAULT_HOLD_OUT = 0.15;
const HARBOUR_DESK = fileURLToPath(new URL("../../../data/harbour-desk/", import.meta.url));

function writtenRequests(path: string): Request[] {
  return readText(path)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { text, label } = parseJson(line) as { text: string; label: string };
      return { features: text as Features, expected: label };
    });
}

/** The data that ships with the project, or the user's own. */
function demoOptions(options: Options): DemoOptions {
  const { data, seed, tier, fee, contributors } = options;
  const model = { adapter: adapterFrom(options), onnx: onnxFrom(options, options.kind) };
  if (data !== undefined) {
    const heldOut = heldOutFrom(options) ?? { fraction: DEFAULT_HOLD_OUT };
    return {
      source: {
        file: data,
        columns: columnsFrom(options),
        dialect: dialectFrom(options),
        contributors,
        heldOut,
        seed,
        tier,
      },
      written: [],
      fee,
      ...model,
    };
  }
  const source = {
    file: join(HARBOUR_DESK, "rows.jsonl"),
    columns: { text: "text", label: "label", contributor: "contributor" },
    heldOut: { file: join(HARBOUR_DESK, "held-out.jsonl") },
    name: "Harbour Desk",
    seed,
    tier,
  };
  return { source, written: writtenRequests(join(HARBOUR_DESK, "requests.jsonl")), fee, ...model };
}

/** Only a folder that an earlier demo made is emptied. */
function prepareOut(out: string): void {
  if (!existsSync(out)) return;
  const known = new Set(["lock", "report.json", "report.html", "bundles", "workspace"]);
  const foreign = readdirSync(out).filter((name) => !known.has(name) && !name.startsWith("."));
  if (foreign.length > 0) {
    throw new TributaryError("TRB_CLI_OUT_NOT_EMPTY", "The folder holds files that no demo wrote.", {
      details: `${out}: ${foreign.slice(0, 5).join(", ")}`,
      hint: "Choose another --out.",
    });
  }
  for (const name of ["report.json", "report.html", "bundles", "workspace"]) removeFolder(join(out, name));
}

function summary(report: Report, out: string): string {
  const { dataset, models, batches, totals, proofSystem, contributors } = report;
  const open = (units: string): string => formatOpen(BigInt(units));
  const proveMs = batches.reduce((sum, { proveMs }) => sum + proveMs, 0) / batches.length;
  return table([
    ["data", `${dataset.name}: ${dataset.rows} rows of ${dataset.contributors} contributors`],
    ...models.map(
      ({ name, accuracy, majorityBaseline }) =>
        [name, `accuracy ${percent(accuracy)} (majority baseline ${percent(majorityBaseline)})`] as const,
    ),
    ["proofs", `${batches.length} batches, ${report.inferences.length} inferences, tier ${proofSystem.tier}`],
    [
      "per proof",
      `${(proveMs / 1000).toFixed(1)} s, ${proofSystem.constraints} constraints, ${proofSystem.backend}`,
    ],
    ["settled", `${batches.filter((batch) => batch.verifiedOnChain).length} of ${batches.length} on chain`],
    ["fees", `${open(totals.fees)} OPEN, ${open(totals.pools)} of it for contributors`],
    [
      "claimed",
      `${open(totals.claimed)} OPEN by ${contributors.filter(({ claimed }) => claimed !== "0").length} contributors`,
    ],
    ["reserve", `${open(totals.reserve)} OPEN that nobody earned`],
    ["balance", `${totals.balances.length} sums agree to the unit`],
    ["report", join(out, "report.html")],
  ]);
}

/** `tributary demo`: from data to claimed rewards on a chain in this process, with a report. */
export function registerDemo(program: Command): void {
  addCommand<Options>(program, {
    usage: "demo",
    standalone: true,
    summary:
      "the whole story on a chain in this process: data, models, inferences, proofs, settlements, claims, a report",
    example:
      "tributary demo\n" +
      "tributary demo --data train.csv --text text --label category --contributors 64 --tier small --out out/mine\n" +
      "tributary demo --fork amsterdam\n" +
      "tributary demo --data rows.csv --features 0-7 --label 8 --kind lora --onnx encoder.onnx --input features:8 --output hidden:16",
    options: (command) =>
      onnxOptions(adapterOptions(rowOptions(command)))
        .option(
          "--data <file>",
          "rows of your own, CSV or JSONL (default: the data set that ships with the project)",
        )
        .option("--out <folder>", "where report.json, report.html and the bundles go", "out/demo")
        .addOption(feeOption())
        .addOption(forkOption(DEFAULT_FORK)),
    writesInto: ({ out }) => out,
    interruption: "process",
    run: async ({ onProgress }, options) => {
      const out = resolve(options.out);
      const demo = demoOptions(options);
      if (demo.onnx !== undefined) await checkOnnx(demo.onnx, demo.adapter);
      await requireBuilt(await developmentSource.proving(options.tier));
      const chain = await createInProcessChain(options.fork);
      try {
        prepareOut(out);
        const workspace = workspaceAt(join(out, "workspace"));
        const deployment = await deployDevelopment(chain.transport, onProgress);
        const cast = await developmentCast(chain.transport);
        const beneficiaries = {
          platform: developmentAddress("platform"),
          stakers: developmentAddress("stakers"),
        };
        const story = await runDemo(demo, { workspace, deployment, cast, beneficiaries }, onProgress);
        const report = await buildReport(story, {
          tier: options.tier,
          seed: options.seed,
          deployment,
          where: "development chain in the demo's process",
          backend: chooseBackend().name,
          software: VERSION,
          source: {
            file: demo.source.file,
            builtin: options.data === undefined,
            dealt: options.contributors !== undefined,
          },
        });
        for (const { batches } of story.epochs) {
          for (const { name, proven } of batches) {
            writeWhole(join(out, "bundles", `${name}.json`), readText(proven.bundle));
          }
        }
        writeJson(join(out, "report.json"), report);
        writeWhole(join(out, "report.html"), renderReport(report));
        const { totals, models } = report;
        const data = {
          out,
          totals,
          models,
          batches: report.batches,
          timings: report.timings,
          totalMs: report.totalMs,
        };
        return { ok: true, data, text: summary(report, out) };
      } finally {
        await chain.close();
      }
    },
  });
}
