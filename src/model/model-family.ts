import type { OnProgress } from "../core/progress.ts";
import type { TrainingData } from "./training-data.ts";
import type { Activations, Adapter, LayerGradients } from "./types.ts";

/** How one model is fitted; what a family has no use for, it ignores. */
export interface FitOptions {
  /** Rows that are trained on; all of them where absent. */
  readonly rows?: Uint32Array;
  /** Unsigned 32-bit: the starting point and the order of the batches. A convex model does not depend on it. */
  readonly seed: number;
  /** λ of the mean loss + λ/2·‖parameters‖². */
  readonly ridge: number;
  /** Parameters to start from, of the same kind and shape. */
  readonly start?: Adapter;
  /** How far above its minimum the objective of a convex model may stay, about. */
  readonly tolerance?: number;
  /** Threads beside the calling one, for a large convex model; as many as pay where absent. They change no bit. */
  readonly helpers?: number;
  /** A model whose shape and schedule are taken, where the options below do not say another; retraining wants this. */
  readonly like?: Adapter;
  /** Passes over the rows, for a model that is trained in batches. */
  readonly epochs?: number;
  /** Passes after which a training of `epochs` is stopped: what it gives is a checkpoint of that training. */
  readonly stopAfter?: number;
  /** Widths of an MLP's hidden layers. */
  readonly hidden?: readonly number[];
  /** Of LoRA: r, s, and the names of the base's products that get a pair (all of them where absent). */
  readonly rank?: number;
  readonly scale?: number;
  readonly targets?: readonly string[];
  readonly onProgress?: OnProgress;
}

/** A kind of model, in float64: what trains it, and the reference that its ONNX trace graph is judged by. */
export interface ModelFamily<A extends Adapter = Adapter> {
  readonly kind: A["kind"];
  /** Which vectors its activations are: h, or what the base reads. */
  readonly reads: "hidden" | "input";
  /** Trains on the rows listed only. The same data, rows and options give the same bytes. */
  fit(data: TrainingData, options: FitOptions): A;
  /** log p(label | row): n × classes. */
  logProbabilities(adapter: A, activations: Activations): Float64Array;
  /** Loss gradients of each row at the given labels, for every trained layer, in a fixed order. */
  layerGradients(adapter: A, activations: Activations, labels: Uint32Array): LayerGradients[];
}
