import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A node of solc's syntax tree: what all of them have. */
export interface Node {
  readonly nodeType: string;
  /** `start:length:file`, in bytes of UTF-8. */
  readonly src: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "nodeType" in value && "src" in value;

/** The children of a node, in order. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  const take = (value: unknown): void => {
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) for (const one of value) take(one);
    else if (typeof value === "object" && value !== null && !("typeString" in value))
      for (const one of Object.values(value)) take(one);
  };
  for (const [name, value] of Object.entries(node)) if (name !== "documentation") take(value);
  return found;
}

/** Every node below one, itself first. */
export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* descendants(child);
}

/** The syntax tree of one file, by solc itself; names are not resolved, so that what it imports is not needed. */
export function parseSolidity(text: string): Node {
  const solc = require("solc");
  const input = {
    language: "Solidity",
    sources: { file: { content: text } },
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const { sources, errors } = JSON.parse(solc.compile(JSON.stringify(input)));
  if (sources?.file?.ast === undefined)
    throw new RangeError(errors?.[0]?.formattedMessage ?? "no syntax tree");
  return sources.file.ast;
}
