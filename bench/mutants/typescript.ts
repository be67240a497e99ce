import { behindBracket, masked, operands, partsInside } from "./masked.ts";
import type { Change } from "./mutant.ts";

const COMPARISONS: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
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
  "<<": ">>",
  ">>": "<<",
  "+=": "-=",
  "-=": "+=",
};
/** Random values, and what a mutant has in their place. */
const RANDOM: readonly (readonly [pattern: RegExp, insert: string])[] = [
  [/\brandomScalar\(\)/g, "7n"],
  [/\brandomBytes\(([A-Z_]+)\)/g, "Buffer.alloc($1, 7)"],
];

/** Changes of code that `masked` has blanked, found by a pattern. */
function each(
  code: string,
  pattern: RegExp,
  change: (match: RegExpExecArray) => Change | undefined,
): Change[] {
  return [...code.matchAll(pattern)].map(change).filter((one) => one !== undefined);
}

/** `if (…)` never holds: what it guards is not done. */
const guards = (code: string): Change[] =>
  each(code, /\bif \(/g, ({ index }) => {
    const open = index + 3;
    const end = behindBracket(code, open);
    return { operator: "guard removed", start: open, end, insert: "(false)" };
  });

/** A call whose value nobody takes is not made. */
const calls = (code: string): Change[] =>
  each(code, /(?<=\n) *(?:await )?[A-Za-z_][\w.?]*\(/g, ({ index, 0: text }) => {
    if (/^\s*(if|for|while|switch|return|catch|function|super)\b/.test(text)) return undefined;
    const end = behindBracket(code, index + text.length - 1);
    if (code[end] !== ";") return undefined;
    return { operator: "call removed", start: index, end, insert: "" };
  });

const binary = (code: string, operators: Readonly<Record<string, string>>, operator: string): Change[] =>
  each(code, /(?<= )(?:[=!]==|[<>]=?|<<|>>|[-+]=?|[*/%])(?= |\n)/g, ({ index, 0: sign }) =>
    operators[sign] === undefined
      ? undefined
      : { operator, start: index, end: index + sign.length, insert: operators[sign] },
  );

/** One condition of several counts for nothing; a text at the end, as in `wrong && "why"`, is none. */
const conditions = (code: string): Change[] =>
  [...code.matchAll(/&&|\|\|/g)].flatMap(({ index, 0: sign }) =>
    operands(code, index, 2)
      .filter(([start, end]) => !/^(["'`]) *\1$/.test(code.slice(start, end)))
      .map(([start, end]) => ({
        operator: "condition dropped",
        start,
        end,
        insert: sign === "&&" ? "true" : "false",
      })),
  );

const numbers = (code: string): Change[] =>
  each(code, /(?<![\w.$])\d[\d_]*n?\b(?!\.)/g, ({ index, 0: text }) => {
    const value = BigInt(text.replace(/[_n]/g, ""));
    const insert = `${value + 1n}${text.endsWith("n") ? "n" : ""}`;
    return { operator: "number plus one", start: index, end: index + text.length, insert };
  });

const booleans = (code: string): Change[] =>
  each(code, /(?<![\w.])(true|false)\b(?!:)/g, ({ index, 0: text }) => ({
    operator: "boolean flipped",
    start: index,
    end: index + text.length,
    insert: text === "true" ? "false" : "true",
  }));

/** An entry of a list of two or more is left out: of a hash's preimage, or of what is looked at. */
const entries = (code: string): Change[] =>
  [...code.matchAll(/(?<=[(=,:[>?]\s*|return |\.\.\.)\[/g)].flatMap(({ index }) => {
    const parts = partsInside(code, index);
    if (parts.length < 2) return [];
    // With the comma behind it, the last one with the comma before it: a hole in the list would be another mutant.
    return parts.map(([start, end], i) => ({
      operator: "entry dropped",
      start: i === parts.length - 1 ? parts[i - 1]![1] : start,
      end: parts[i + 1]?.[0] ?? end,
      insert: "",
    }));
  });

/** A rule of a schema is not asked for. */
const rules = (code: string): Change[] =>
  each(code, /\.(?:min|max|length|int|regex|refine|gte|lte)\(/g, ({ index, 0: text }) => {
    const before = code.slice(0, index).trimEnd();
    if (!before.endsWith(")")) return undefined;
    return {
      operator: "rule dropped",
      start: index,
      end: behindBracket(code, index + text.length - 1),
      insert: "",
    };
  });

/** A pattern matches a part of a text, too. */
const anchors = (text: string, code: string): Change[] =>
  [...code.matchAll(/~ +~/g)].flatMap(({ index, 0: pattern }) => {
    const body = text.slice(index, index + pattern.length);
    const ends = [body.startsWith("/^") ? 1 : 0, body.lastIndexOf("$/")];
    return ends
      .filter((at) => at > 0)
      .map((at) => ({ operator: "pattern unanchored", start: index + at, end: index + at + 1, insert: "" }));
  });

/** Types and imports have no behaviour: their lines are left alone. */
function behaving(code: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, " ");
  return code
    .replace(/^(?:import|export \{)[\s\S]*?;$/gm, blank)
    .replace(/^(?:export )?(?:interface \w+[^{]*\{[\s\S]*?\n\}|type \w+[\s\S]*?;$)/gm, blank);
}

/** Mutants of what checks, hashes and draws; the file is written as Biome formats it. */
export function typescriptChanges(text: string): Change[] {
  const code = behaving(masked(text));
  return [
    ...guards(code),
    ...calls(code),
    ...binary(code, COMPARISONS, "comparison flipped"),
    ...binary(code, ARITHMETIC, "arithmetic changed"),
    ...conditions(code),
    ...numbers(code),
    ...booleans(code),
    ...entries(code),
    ...rules(code),
    ...anchors(text, code),
    ...RANDOM.flatMap(([pattern, insert]) =>
      each(code, pattern, ({ index, 0: found }) => ({
        operator: "randomness constant",
        start: index,
        end: index + found.length,
        insert: found.replace(new RegExp(pattern.source), insert),
      })),
    ),
  ];
}
