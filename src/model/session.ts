import { type InferenceSession, Tensor } from "onnxruntime-node";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import type { Features } from "../datanet/types.ts";
import { allFinite } from "../numeric/network/finite.ts";
import { type Device, openSession } from "../numeric/onnx/device.ts";
import { halfPrecision } from "../numeric/onnx/precision.ts";
import { ActivationsBuilder } from "./activations.ts";
import { isNumericBase } from "./built-in.ts";
import { nodeNotFinite } from "./not-finite.ts";
import { refuseRun } from "./run-error.ts";
import { hashEntries, hashText } from "./text-features.ts";
import type { Activations, Base, Entries, OpenBase, Port } from "./types.ts";

/** Rows that run together, where rows surely do not see one another. */
const BATCH = 256;
/** Rows between two reports of progress. */
const REPORT_EVERY = 256;

/** @throws TRB_MODEL_MALFORMED_ONNX */
async function createSession(graph: Uint8Array, device: Device): Promise<InferenceSession> {
  try {
    return await openSession(graph, device);
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    const half = halfPrecision(graph);
    throw new TributaryError("TRB_MODEL_MALFORMED_ONNX", "ONNX Runtime cannot load the base's graph.", {
      details: `${(cause as Error).message}${half === undefined ? "" : `; ${half}`}`,
      hint:
        half === undefined
          ? "Export the model again, with operators that ONNX Runtime has."
          : "ONNX Runtime has few kernels for half precision: export the model in float32.",
      cause,
    });
  }
}

function checkPort(session: InferenceSession, port: Port, side: "input" | "output"): void {
  const list = side === "input" ? session.inputMetadata : session.outputMetadata;
  const found = list.find(({ name }) => name === port.name);
  if (found === undefined) {
    throw new TributaryError("TRB_MODEL_NAME", `The graph has no ${side} named ${port.name}.`, {
      details: `its ${side}s: ${list.map(({ name }) => name).join(", ")}`,
      hint: `Name one of them as the base's ${side}.`,
    });
  }
  const shape = found.isTensor ? found.shape : [];
  const [batch, width] = shape;
  const fits = (dim: number | string | undefined, wanted: number): boolean =>
    typeof dim === "string" || dim === wanted || dim === -1;
  if (
    !found.isTensor ||
    found.type !== "float32" ||
    shape.length !== 2 ||
    !fits(batch, 1) ||
    !fits(width, port.width)
  ) {
    throw new TributaryError(
      "TRB_MODEL_SHAPE",
      `The graph's ${side} ${port.name} has another type or shape.`,
      {
        details: `${found.isTensor ? `${found.type} [${shape.join(", ")}]` : "not a tensor"}, not float32 [batch, ${port.width}]`,
        hint: "One row at a time goes in and comes out, as float32 of shape [1, width].",
      },
    );
  }
}

/** Writes a row's features into the graph's input vector. */
function fill(features: Features, base: Base, into: Float32Array): void {
  const { preprocessing } = base;
  const refuse = (details: string): TributaryError =>
    new TributaryError("TRB_MODEL_FEATURES", "The request's features do not fit the model.", {
      details,
      hint: preprocessing.kind === "text" ? "Give one text." : `Give ${preprocessing.width} finite numbers.`,
    });
  if (preprocessing.kind === "text") {
    if (typeof features !== "string") throw refuse("numbers, where the model reads text");
    into.fill(0);
    hashText(features, preprocessing.hashing, into);
    return;
  }
  if (typeof features === "string") throw refuse("text, where the model reads numbers");
  if (features.length !== preprocessing.width) throw refuse(`${features.length} numbers`);
  const { offset } = preprocessing;
  if (offset === undefined) into.set(features);
  else into.set(features.map((x, j) => x - offset[j]!));
  const bad = into.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw refuse(`number ${bad} is ${features[bad]}, which is not a finite float32`);
}

/** @param node what made it so, where that is known */
function refuseOutput(h: Float32Array, { name }: Port, node?: string): TributaryError {
  const bad = h.findIndex((x) => !Number.isFinite(x));
  return new TributaryError("TRB_MODEL_OUTPUT", "The graph gave a number that is not finite.", {
    details: `${name}[${bad}] is ${h[bad]}${node === undefined ? "" : `, by ${node}`}`,
    hint: "The graph divides by zero, overflows or leaves its domain on this input: mend the graph, or leave the row out.",
  });
}

/**
 * Opens a base and checks that its graph is what the base says.
 *
 * @param device what `requireDevice` was asked about, where it is not the CPU
 * @throws TRB_MODEL_MALFORMED_ONNX, TRB_MODEL_NAME, TRB_MODEL_SHAPE
 */
export async function openBase(base: Base, device: Device = "cpu"): Promise<OpenBase> {
  const session = await createSession(base.graph, device);
  const buffer = new Float32Array(base.input.width);
  try {
    checkPort(session, base.input, "input");
    checkPort(session, base.output, "output");
    const others = session.inputNames.filter((name) => name !== base.input.name);
    if (others.length > 0) {
      throw new TributaryError("TRB_MODEL_NAME", "The graph wants more inputs than a base has.", {
        details: others.join(", "),
        hint: "Export it with one input: the features of one row.",
      });
    }
  } catch (error) {
    await session.release();
    throw error;
  }

  const run = async (feeds: InferenceSession.FeedsType): Promise<Tensor> => {
    try {
      return (await session.run(feeds, [base.output.name]))[base.output.name] as Tensor;
    } catch (cause) {
      throw refuseRun(cause);
    }
  };
  const encodeOne = async (features: Features): Promise<Float32Array> => {
    fill(features, base, buffer);
    const feeds = { [base.input.name]: new Tensor("float32", buffer, [1, base.input.width]) };
    const output = await run(feeds);
    const h = output.data as Float32Array;
    if (h.length !== base.output.width) {
      throw new TributaryError(
        "TRB_MODEL_SHAPE",
        `The graph's output ${base.output.name} has another shape.`,
        {
          details: `[${output.dims.join(", ")}], not [1, ${base.output.width}]`,
        },
      );
    }
    if (allFinite(h)) return h;
    throw refuseOutput(h, base.output, await nodeNotFinite(base.graph, feeds, device));
  };

  // A run costs many times what so few products do, so rows of the built-in base go together: the same bits, entry by entry.
  // A matrix product of a user's graph may add in another order for several rows, so they stay alone.
  const together = isNumericBase(base) ? BATCH : 1;
  const encodeMany = async (rows: readonly Features[]): Promise<readonly Float32Array[]> => {
    if (rows.length === 1) return [await encodeOne(rows[0]!)];
    const { width } = base.input;
    const values = new Float32Array(rows.length * width);
    for (const [i, features] of rows.entries()) {
      fill(features, base, values.subarray(i * width, (i + 1) * width));
    }
    const feeds = { [base.input.name]: new Tensor("float32", values, [rows.length, width]) };
    const h = (await run(feeds)).data as Float32Array;
    if (!allFinite(h)) throw refuseOutput(h, base.output);
    return rows.map((_, i) => h.subarray(i * width, (i + 1) * width));
  };

  // Calls share one input buffer, so they queue behind one another.
  let last: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => {});
    return result;
  };
  const encode = (rows: readonly Features[], onProgress?: OnProgress): Promise<Activations> =>
    queued(async () => {
      const builder = new ActivationsBuilder(base.output.width);
      for (let from = 0; from < rows.length; from += together) {
        const to = Math.min(rows.length, from + together);
        for (const h of await encodeMany(rows.slice(from, to))) builder.add(h);
        if (to % REPORT_EVERY === 0 || to === rows.length) {
          onProgress?.({ stage: "encode rows", done: to, total: rows.length });
        }
      }
      return builder.build();
    });
  const read = (request: Features): Float32Array => {
    const values = new Float32Array(base.input.width);
    fill(request, base, values);
    return values;
  };
  const counts = new Float32Array(base.input.width);
  const entries = (request: Features): Entries => {
    const { preprocessing } = base;
    if (preprocessing.kind === "text" && typeof request === "string")
      return hashEntries(request, preprocessing.hashing, counts);
    const values = read(request);
    return { columns: Int32Array.from(values.keys()), values };
  };
  const inputs = (rows: readonly Features[]): Activations => {
    const builder = new ActivationsBuilder(base.input.width);
    for (const features of rows) builder.add(read(features));
    return builder.build();
  };
  return {
    base,
    encode,
    hidden: (request) => queued(() => encodeOne(request)),
    inputs,
    read,
    entries,
    close: () => session.release(),
  };
}
