import type { Change } from "./mutant.ts";
import { descendants, type Node, parseSolidity } from "./solidity-tree.ts";

const COMPARISONS: Readonly<Record<string, string>> = {
  "==": "!=",
  "!=": "==",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
};
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "+",
  "/": "*",
  "%": "*",
  "&": "|",
  "|": "&",
  "<<": ">>",
  ">>": "<<",
  "^": "|",
};
/** Calls in assembly, and what a mutant calls in their place. */
const YUL: Readonly<Record<string, string>> = { lt: "gt", gt: "lt", eq: "lt", and: "or", or: "and" };

type Span = readonly [start: number, end: number];

/** Offsets of UTF-16 for solc's offsets in bytes. */
function spansOf(text: string): (node: Node) => Span {
  const bytes = Buffer.from(text);
  const at = (offset: number): number => bytes.subarray(0, offset).toString("utf8").length;
  return ({ src }) => {
    const [start, length] = src.split(":").map(Number) as [number, number];
    return [at(start), at(start + length)];
  };
}

const named = (node: unknown): string => String((node as { name?: unknown } | undefined)?.name ?? "");

function changesAt(node: Node, text: string, span: (node: Node) => Span): Change[] {
  const [start, end] = span(node);
  const list = (name: string): Node[] => (node[name] as Node[] | undefined) ?? [];
  const one = (name: string): Node => node[name] as Node;
  const without = (operator: string): Change => {
    const semicolon = text.startsWith(";", end) ? 1 : 0;
    return { operator, start, end: end + semicolon, insert: "" };
  };
  /** The operator between two operands, with what is around it. */
  const between = (insert: string, operator: string): Change => {
    const [from, to] = [span(one("leftExpression"))[1], span(one("rightExpression"))[0]];
    const sign = String(node.operator);
    const place = from + text.slice(from, to).indexOf(sign);
    return { operator, start: place, end: place + sign.length, insert };
  };
  /** Entry i of a list between commas, with the comma. */
  const dropped = (entries: readonly Node[], i: number, operator: string): Change => {
    const from = i === 0 ? span(entries[0]!)[0] : span(entries[i - 1]!)[1];
    const to = i === 0 && entries.length > 1 ? span(entries[1]!)[0] : span(entries[i]!)[1];
    return { operator, start: from, end: to, insert: "" };
  };
  switch (node.nodeType) {
    case "IfStatement": {
      const [from, to] = span(one("condition"));
      return [{ operator: "guard removed", start: from, end: to, insert: "false" }];
    }
    case "ExpressionStatement":
      return [without(one("expression").nodeType === "FunctionCall" ? "call removed" : "assignment removed")];
    case "EmitStatement":
      return [without("event removed")];
    case "ModifierInvocation":
      return [without("modifier removed")];
    case "Literal": {
      if (node.kind === "bool")
        return [
          { operator: "boolean flipped", start, end, insert: node.value === "true" ? "false" : "true" },
        ];
      if (node.kind !== "number") return [];
      return [{ operator: "number plus one", start, end, insert: `(${text.slice(start, end)} + 1)` }];
    }
    case "BinaryOperation": {
      const sign = String(node.operator);
      if (sign === "&&" || sign === "||")
        return (["leftExpression", "rightExpression"] as const).map((side) => {
          const [from, to] = span(one(side));
          return {
            operator: "condition dropped",
            start: from,
            end: to,
            insert: sign === "&&" ? "true" : "false",
          };
        });
      if (COMPARISONS[sign] !== undefined) return [between(COMPARISONS[sign], "comparison flipped")];
      return ARITHMETIC[sign] === undefined ? [] : [between(ARITHMETIC[sign], "arithmetic changed")];
    }
    case "FunctionCall": {
      const args = list("arguments");
      const callee = one("expression");
      const isHashed =
        callee.nodeType === "MemberAccess" && /^encode(Packed)?$/.test(String(callee.memberName));
      if (isHashed && args.length > 1) return args.map((_, i) => dropped(args, i, "argument dropped"));
      return [];
    }
    case "Assignment": {
      const right = one("rightHandSide");
      if (right.nodeType !== "TupleExpression") return [];
      return ((right.components as Node[]) ?? []).map((part) => {
        const [from, to] = span(part);
        return { operator: "value zeroed", start: from, end: to, insert: "0" };
      });
    }
    case "YulFunctionCall": {
      const insert = YUL[named(node.functionName)];
      if (insert === undefined) return [];
      const [from, to] = span(one("functionName"));
      return [{ operator: "assembly changed", start: from, end: to, insert }];
    }
    case "YulAssignment":
    case "YulExpressionStatement":
      return [{ operator: "assembly removed", start, end, insert: "" }];
    case "YulLiteral": {
      if (!/^\d+$/.test(String(node.value))) return [];
      return [{ operator: "number plus one", start, end, insert: String(BigInt(String(node.value)) + 1n) }];
    }
    default:
      return [];
  }
}

/** Mutants of a file of contracts. */
export function solidityChanges(text: string): Change[] {
  const span = spansOf(text);
  const tree = parseSolidity(text);
  return [...descendants(tree)].flatMap((node) => changesAt(node, text, span));
}
