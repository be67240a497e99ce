import type { Constant, Graph, GraphNode, TensorShape } from "../numeric/onnx/graph.ts";

/** Collects the nodes, constants and inputs of a graph; what is asked for twice is there once. */
export class GraphWriter {
  readonly #inputs = new Map<string, TensorShape>();
  readonly #constants = new Map<string, Constant>();
  readonly #nodes: GraphNode[] = [];
  #fresh = 0;

  input(name: string, dims: TensorShape["dims"], type?: TensorShape["type"]): string {
    this.#inputs.set(name, { name, dims, ...(type && { type }) });
    return name;
  }

  constant(name: string, dims: readonly number[], values: Constant["values"]): string {
    this.#constants.set(name, { name, dims, values });
    return name;
  }

  scalar(value: number): string {
    return this.constant(`scalar ${value}`, [], Float32Array.of(value));
  }

  /** A list of integers, such as axes or a shape. */
  integers(values: readonly number[]): string {
    return this.constant(`integers ${values}`, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** @param output the result's name, a new one where absent */
  node(
    op: string,
    inputs: readonly string[],
    attributes: GraphNode["attributes"] = {},
    output?: string,
  ): string {
    const name = output ?? `${op} ${this.#fresh++}`;
    this.#nodes.push({ op, inputs, output: name, attributes });
    return name;
  }

  build(name: string, outputs: readonly TensorShape[]): Graph {
    return {
      name,
      inputs: [...this.#inputs.values()],
      constants: [...this.#constants.values()],
      nodes: this.#nodes,
      outputs,
    };
  }
}
