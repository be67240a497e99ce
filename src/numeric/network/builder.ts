import type { ReadConstant } from "../onnx/read.ts";
import { OPERATORS } from "./operators.ts";
import { sizeOf } from "./tensor.ts";
import type { Constant, Network, NetworkInput, NetworkNode, Tensor, TrainedLayer } from "./types.ts";
import { biasOf, weightsOf } from "./types.ts";

/** A constant of int64. */
interface Integers {
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

type Details = Pick<NetworkNode, "axes" | "keepdims" | "perm" | "shape">;

/** Batch sizes that a node is tried with: what changes between them depends on the batch. */
const BATCHES = [1, 2] as const;

/**
 * Builds a network node by node. Each node is run at once on ones, at a batch of 1 and of 2: that gives its shape, and
 * shows that it keeps the batch in dimension 0 and apart from everything else.
 */
export class NetworkBuilder {
  readonly #input: NetworkInput;
  readonly #nodes: NetworkNode[] = [];
  readonly #layers: TrainedLayer[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #integers = new Map<string, Integers>();
  readonly #aliases = new Map<string, string>();
  /** At a batch of 1 and of 2. */
  readonly #tried = new Map<string, readonly [Tensor, Tensor]>();

  constructor(input: NetworkInput, constants: ReadonlyMap<string, ReadConstant>) {
    this.#input = input;
    const ones = (batch: number): Tensor => ({
      dims: [batch, input.width],
      values: new Float64Array(batch * input.width).fill(1),
    });
    this.#tried.set(input.name, [ones(1), ones(2)]);
    for (const [name, { dims, values }] of constants) {
      if (values instanceof Float32Array) this.constant(name, { dims, values });
      else this.#integers.set(name, { dims, values });
    }
  }

  constant(name: string, constant: Constant): string {
    this.#requireNew(name);
    this.#constants.set(name, constant);
    const tensor = { dims: constant.dims, values: Float64Array.from(constant.values) };
    this.#tried.set(name, [tensor, tensor]);
    return name;
  }

  /** What is taken apart gives tensors names of its own, which the user's may have already. */
  #requireNew(name: string): void {
    if (this.#tried.has(name)) throw new RangeError(`there are two tensors named ${name}`);
  }

  /** The name under which a tensor is known, after nodes that change nothing. */
  resolve(name: string): string {
    return this.#aliases.get(name) ?? name;
  }

  alias(name: string, of: string): void {
    this.#aliases.set(name, this.resolve(of));
    const integers = this.#integers.get(of);
    if (integers !== undefined) this.#integers.set(name, integers);
  }

  isConstant(name: string): boolean {
    return this.#constants.has(this.resolve(name));
  }

  constantOf(name: string): Constant {
    const found = this.#constants.get(this.resolve(name));
    if (found === undefined) throw new RangeError(`${name} is not a constant of float32`);
    return found;
  }

  isIntegers(name: string): boolean {
    return this.#integers.has(name);
  }

  integersOf(name: string): readonly number[] {
    const found = this.#integers.get(name);
    if (found === undefined) throw new RangeError(`${name} is not a constant of int64`);
    return found.values;
  }

  /** A constant of int64 as one of float32. */
  integersAsFloats(name: string, of: string): string {
    const { dims, values } = this.#integers.get(of)!;
    return this.constant(name, { dims, values: Float32Array.from(values) });
  }

  /** At a batch of 1. */
  dimsOf(name: string): readonly number[] {
    const found = this.#tried.get(this.resolve(name));
    if (found === undefined) throw new RangeError(`${name} is not a float32 tensor of the graph`);
    return found[0].dims;
  }

  /** Adds a node; of constants alone, its result is a constant. */
  add(
    op: NetworkNode["op"],
    inputs: readonly string[],
    output: string,
    source: string,
    details: Details = {},
  ): string {
    this.#requireNew(output);
    const names = inputs.map((name) => this.resolve(name));
    const node: NetworkNode = { op, inputs: names, output, source, ...details };
    const results = BATCHES.map((_, at) => {
      const operands = names.map((name) => {
        const found = this.#tried.get(name);
        if (found === undefined) throw new RangeError(`${name} is not a float32 tensor of the graph`);
        return found[at]!;
      });
      return OPERATORS[op].forward(operands, node);
    }) as [Tensor, Tensor];
    if (names.every((name) => this.#constants.has(name))) {
      return this.constant(output, { dims: results[0].dims, values: Float32Array.from(results[0].values) });
    }
    const [one, two] = results;
    const apart =
      one.dims[0] === 1 && two.dims[0] === 2 && one.dims.every((d, i) => i === 0 || d === two.dims[i]);
    if (!apart || one.values.length !== sizeOf(one.dims)) {
      throw new RangeError(`dimension 0 of [${one.dims}] is not the batch alone`);
    }
    this.#tried.set(output, results);
    this.#nodes.push(node);
    return output;
  }

  /** Adds a trained layer y = W·x (+ b). */
  trained(layer: string, input: string, output: string, outputs: number, bias: boolean): string {
    const inputs = this.dimsOf(input).at(-1)!;
    const ones = (dims: readonly number[]): [Tensor, Tensor] => {
      const tensor = { dims, values: new Float64Array(sizeOf(dims)).fill(1) };
      return [tensor, tensor];
    };
    this.#tried.set(weightsOf(layer), ones([outputs, inputs]));
    if (bias) this.#tried.set(biasOf(layer), ones([outputs]));
    const parameters = bias ? [weightsOf(layer), biasOf(layer)] : [weightsOf(layer)];
    this.#layers.push({ layer, input: this.resolve(input), output, inputs, outputs, bias });
    return this.add("Linear", [input, ...parameters], output, layer);
  }

  build(output: string): Network {
    const used = new Set(this.#nodes.flatMap(({ inputs }) => inputs));
    return {
      input: this.#input,
      output: this.resolve(output),
      nodes: this.#nodes,
      layers: this.#layers,
      constants: new Map([...this.#constants].filter(([name]) => used.has(name))),
      shapes: new Map([...this.#tried].map(([name, [one]]) => [name, one.dims])),
    };
  }
}
