import type { Hex } from "../core/hex.ts";
import type { OnProgress } from "../core/progress.ts";
import type { Features } from "../datanet/types.ts";

/** Hashing of a text's n-grams into a vector: everything that decides which bytes the graph sees. */
export interface TextHashing {
  /** Entries of the vector. */
  readonly width: number;
  /** Unsigned 32-bit. */
  readonly seed: number;
  /** Shortest and longest n-gram of words. */
  readonly words: readonly [number, number];
  /** Shortest and longest n-gram of characters, inside a word that is framed by spaces. */
  readonly characters: readonly [number, number];
}

/** How features become the graph's input vector, before ONNX. */
export type Preprocessing =
  | { readonly kind: "text"; readonly hashing: TextHashing }
  | {
      readonly kind: "numeric";
      readonly width: number;
      /** What is subtracted of each number before it becomes a float32; nothing where it is not there. */
      readonly offset?: readonly number[] | undefined;
    };

/** A float32 tensor [batch, width] of the graph. */
export interface Port {
  readonly name: string;
  readonly width: number;
}

/** A frozen ONNX graph from a feature vector to the hidden activation h, and what has to be known to run it. */
export interface Base {
  readonly preprocessing: Preprocessing;
  readonly input: Port;
  readonly output: Port;
  /** The ONNX file. */
  readonly graph: Uint8Array;
  /** Binds the graph and the fields above. */
  readonly digest: Hex;
}

/**
 * Hidden activations of n rows, in compressed rows: row i has the values `values[offsets[i]…offsets[i+1])` in
 * the columns `columns[…]`, ascending. Hashed text is mostly zeros; a dense matrix is a special case.
 */
export interface Activations {
  readonly rows: number;
  /** d. */
  readonly width: number;
  readonly offsets: Uint32Array;
  readonly columns: Uint32Array;
  /** Finite. */
  readonly values: Float32Array;
}

/**
 * Gradients of n rows by one trained layer's weights, unreduced: row i's gradient is Σ_t δ_t ⊗ x_t over its tokens t in
 * [offsets[i], offsets[i + 1]). Where `bias`, x has the constant 1 appended.
 */
export interface LayerGradients {
  /** Such as "head". */
  readonly layer: string;
  /** T × d_in. */
  readonly inputs: Activations;
  /** T × d_out, row-major. */
  readonly deltas: Float64Array;
  /** d_out. */
  readonly outputs: number;
  readonly bias: boolean;
  /** n + 1 entries; where they are absent each row has one token: T = n. */
  readonly offsets?: Uint32Array;
}

/** The numbers of one row that are not 0, and where they are. One entry at least, which may be 0: no runtime has to know empty tensors. */
export interface Entries {
  /** Each once, in any order. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** A base with its runtime session. */
export interface OpenBase {
  readonly base: Base;
  /**
   * h of each row. The same features give the same bits, alone or among others.
   *
   * @throws TRB_MODEL_FEATURES, TRB_MODEL_OUTPUT, TRB_MODEL_RUN
   */
  encode(rows: readonly Features[], onProgress?: OnProgress): Promise<Activations>;
  /** h of one request, dense. Throws as encode. */
  hidden(request: Features): Promise<Float32Array>;
  /** What the graph reads for each row, before it runs: hashed counts or numbers. @throws TRB_MODEL_FEATURES */
  inputs(rows: readonly Features[]): Activations;
  /** The same of one request, dense. */
  read(request: Features): Float32Array;
  /** The same without the zeros. */
  entries(request: Features): Entries;
  close(): Promise<void>;
}

/** What makes a further member of an ensemble another model than the first one, besides its seed. */
export type MemberPart =
  /** Trained on half of so many rows, drawn by the first one's seed; SHA-256 of their numbers, ascending, as little-endian u32. */
  | { readonly kind: "half"; readonly of: number; readonly drawn: Hex }
  /** The first one's own training, stopped after so many epochs. */
  | { readonly kind: "checkpoint"; readonly epoch: number };

/** A λ that was tried, with what models trained at it do on rows that they have not seen. */
export interface TriedRidge {
  readonly ridge: number;
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly accuracy: number;
  /** Of the accuracy: √(p(1 − p)/n) over the validation rows, each of which is judged once. */
  readonly standardError: number;
  /** Answers whose probability is 1 in float32. */
  readonly certain: number;
}

/** How an adapter was trained, and how well it does. */
export interface TrainingReport {
  readonly rows: number;
  /** λ of the mean loss + λ/2·‖W‖². */
  readonly ridge: number;
  /** Each λ that was tried, from strong to weak; the one that was given where none was searched for. */
  readonly tried: readonly TriedRidge[];
  /** Into how many parts the rows were dealt, and how many of these were set aside in turn; 0 of a model that was only fitted. */
  readonly folds: { readonly of: number; readonly used: number };
  /** Training rows that were set aside while λ was chosen; the adapter itself is trained on all rows. */
  readonly validationRows: number;
  /** Share of the validation rows whose label was right, by models that did not see them. */
  readonly validationAccuracy: number;
  /** Share of the most frequent training label among the validation rows. */
  readonly majorityAccuracy: number;
  readonly iterations: number;
  /** About how far the objective is above its minimum. */
  readonly decrement: number;
  readonly seed: number;
  /** Of a member that is trained on a part of the rows or for a part of the time; absent of every other model. */
  readonly part?: MemberPart | undefined;
}

/** What every kind of adapter has. */
export interface AdapterCommon {
  readonly labels: readonly string[];
  /** d: entries of the base's hidden activation. */
  readonly width: number;
  /** Digest of the base under it. */
  readonly base: Hex;
  /** Root and number of the DataNet version that it was trained on. */
  readonly datanet: { readonly root: Hex; readonly version: number };
  readonly report: TrainingReport;
  /** Binds the parameters and the fields above. */
  readonly digest: Hex;
}

/** A softmax head: logits = W·h + b. */
export interface LinearAdapter extends AdapterCommon {
  readonly kind: "linear";
  /** W, row-major, one row of d entries for each label. */
  readonly weights: Float32Array;
  /** b. */
  readonly bias: Float32Array;
}

/** How a model that is no convex one was trained: what repeats it, besides the seed and λ. */
export interface Schedule {
  readonly epochs: number;
  /** Rows in a step. */
  readonly batch: number;
  /** Adam's step size at the start; it falls to 0 along a half cosine. */
  readonly rate: number;
}

/** y = W·x + b. */
export interface DenseLayer {
  /** Such as "hidden.0" or "head". */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** W, row-major, one row of `inputs` entries for each output. */
  readonly weights: Float32Array;
  /** b. */
  readonly bias: Float32Array;
}

/** A perceptron on h: hidden layers with tanh after each, then a softmax head. */
export interface MlpAdapter extends AdapterCommon {
  readonly kind: "mlp";
  /** Hidden layers from below, then the head. */
  readonly layers: readonly DenseLayer[];
  readonly schedule: Schedule;
}

/** A low-rank change of one frozen weight of the base: y = W·x + s·B·(A·x). */
export interface LowRankPair {
  /** Such as "lora.0"; its layers are "lora.0.a" and "lora.0.b". */
  readonly name: string;
  /** Name of the frozen W·x in the base, as the lowered graph has it. */
  readonly target: string;
  readonly inputs: number;
  readonly outputs: number;
  /** A: rank × inputs. */
  readonly a: Float32Array;
  /** B: outputs × rank. */
  readonly b: Float32Array;
}

/** Low-rank pairs inside of a frozen base (LoRA, Hu et al. 2021), and a softmax head on the h that comes out. */
export interface LoraAdapter extends AdapterCommon {
  readonly kind: "lora";
  readonly rank: number;
  /** s. */
  readonly scale: number;
  readonly pairs: readonly LowRankPair[];
  /** W and b of the head, as a linear adapter has them. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly schedule: Schedule;
}

/** What is trained on top of a base. Each kind names itself, so that a trace graph can be made for it. */
export type Adapter = LinearAdapter | MlpAdapter | LoraAdapter;

/**
 * Gradients of n rows by one trained layer's weights, unreduced: row i's gradient is Σ_t δ_t ⊗ x_t over its tokens t in
 * [offsets[i], offsets[i+1]). Softmax head: x = h, δ = p − y. LoRA pair y = Wx + s·B·A·x: layer "a" has x and s·Bᵀδ,
 * layer "b" has A·x and s·δ. So every kind of model is the same thing to sketches, methods and traces.
 */
export interface LayerGradients {
  /** Such as "head", "hidden.0", "lora.0.a". */
  readonly layer: string;
  /** x_t: T × d_in. */
  readonly inputs: Activations;
  /** δ_t: T × d_out, row-major. */
  readonly deltas: Float64Array;
  /** d_out. */
  readonly outputs: number;
  /** Whether x has a constant 1 appended, which meets the layer's bias. */
  readonly bias: boolean;
  /** n + 1 numbers of tokens; absent: one token a row, T = n. */
  readonly offsets?: Uint32Array;
}
