/** Operators that networks are made of. `Linear` is a trained layer; everything else is ONNX's operator of that name. */
export type Op =
  | "Linear"
  | "MatMul"
  | "Add"
  | "Sub"
  | "Mul"
  | "Div"
  | "Max"
  | "Neg"
  | "Abs"
  | "Sign"
  | "Sqrt"
  | "Relu"
  | "Tanh"
  | "Sigmoid"
  | "Erf"
  | "Softmax"
  | "ReduceMean"
  | "ReduceSum"
  | "Transpose"
  | "Reshape";

/**
 * One step of a network. Dimension 0 of everything that depends on the input is the batch, 1 in `shapes`; no operator
 * mixes it with another.
 */
export interface NetworkNode {
  readonly op: Op;
  readonly inputs: readonly string[];
  readonly output: string;
  /** The user's node that it comes from, for errors. */
  readonly source: string;
  /** Of ReduceMean and ReduceSum: not negative, without 0. */
  readonly axes?: readonly number[];
  readonly keepdims?: boolean;
  /** Of Transpose: perm[0] = 0. */
  readonly perm?: readonly number[];
  /** Of Reshape: the result's dimensions, shape[0] = 1. */
  readonly shape?: readonly number[];
}

/** A trained y = W·x (+ b), on the last dimension of x. */
export interface TrainedLayer {
  readonly layer: string;
  /** x and y. */
  readonly input: string;
  readonly output: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
}

/** [batch, width]. */
export interface NetworkInput {
  readonly name: string;
  readonly width: number;
  /** Whether most of its numbers are 0 in most rows. */
  readonly sparse?: boolean;
}

/** A model as a list of operators that are known forwards and backwards. */
export interface Network {
  readonly input: NetworkInput;
  readonly output: string;
  /** In an order in which each node's inputs are there. */
  readonly nodes: readonly NetworkNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly layers: readonly TrainedLayer[];
  /** Dimensions of every tensor at a batch of 1. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

export interface Constant {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** Names of a trained layer's parameters: W, outputs × inputs, and b. */
export const weightsOf = (layer: string): string => `${layer}.weights`;
export const biasOf = (layer: string): string => `${layer}.bias`;

/** Row-major float64. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly values: Float64Array;
}
