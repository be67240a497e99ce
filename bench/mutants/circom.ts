import { behindBracket, masked } from "./masked.ts";
import type { Change } from "./mutant.ts";

const COMPARISONS: Readonly<Record<string, string>> = { "<": "<=", ">": ">=", "==": "!=" };
const ARITHMETIC: Readonly<Record<string, string>> = { "+": "-", "-": "+", "*": "+", "\\": "*" };

function each(
  code: string,
  pattern: RegExp,
  change: (match: RegExpExecArray) => Change | undefined,
): Change[] {
  return [...code.matchAll(pattern)].map(change).filter((one) => one !== undefined);
}

/** `a === b;` is not there. */
const constraints = (code: string): Change[] =>
  each(code, /(?<=\n) *[^;{}\n]*===[^;]*;/g, ({ index, 0: text }) => ({
    operator: "constraint removed",
    start: index,
    end: index + text.length,
    insert: "",
  }));

/** A signal is computed, but bound by nothing. */
const assignments = (code: string): Change[] =>
  each(code, /<==/g, ({ index }) => ({
    operator: "constraint of an assignment removed",
    start: index,
    end: index + 3,
    insert: "<--",
  }));

/** What a range or another component looks at is 0 instead. */
const detached = (code: string): Change[] =>
  each(code, /\.in(?:\[[^\]]*\])? <== ([^;]*);/g, ({ index, 0: text, 1: value }) => ({
    operator: "component detached",
    start: index + text.length - 1 - value!.length,
    end: index + text.length - 1,
    insert: "0",
  }));

/** The last place of a loop is left out. */
const loops = (code: string): Change[] =>
  each(code, /\bfor \(/g, ({ index }) => {
    const header = code.slice(index, behindBracket(code, index + 4));
    const bound = header.match(/ < ([^;]+);/);
    if (bound === null) return undefined;
    const start = index + bound.index! + 3;
    return { operator: "loop shortened", start, end: start + bound[1]!.length, insert: `${bound[1]} - 1` };
  });

/** One bit more and one bit less. */
const widths = (code: string): Change[] =>
  [...code.matchAll(/\b(?:Signed)?Range\(/g)].flatMap(({ index, 0: name }) => {
    const end = endOfArgument(code, index + name.length);
    return [" + 1", " - 1"].map((insert) => ({ operator: "range width", start: end, end, insert }));
  });

/** The end of a call's first argument. */
function endOfArgument(code: string, from: number): number {
  for (let i = from, depth = 0; i < code.length; i++) {
    if ("([".includes(code[i]!)) depth++;
    if (")]".includes(code[i]!) && depth-- === 0) return i;
    if (code[i] === "," && depth === 0) return i;
  }
  return code.length;
}

const binary = (code: string, operators: Readonly<Record<string, string>>, operator: string): Change[] =>
  each(code, /(?<= )(?:==|[<>+\-*\\])(?= )/g, ({ index, 0: sign }) =>
    operators[sign] === undefined
      ? undefined
      : { operator, start: index, end: index + sign.length, insert: operators[sign] },
  );

const numbers = (code: string): Change[] =>
  each(code, /(?<![\w.])\d+\b/g, ({ index, 0: text }) => ({
    operator: "number plus one",
    start: index,
    end: index + text.length,
    insert: String(Number(text) + 1),
  }));

/** Headers of loops, assertions on parameters, and what is said above the first declaration. */
function behaving(code: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, " ");
  return code
    .replace(/^(?:pragma|include|template|function|component main)[^\n]*/gm, blank)
    .replace(/\bfor \([^\n]*\{/g, blank)
    .replace(/\bassert\([^\n]*;/g, blank)
    .replace(/\bsignal (?:input|output) [^\n;]*;/g, blank);
}

/** Mutants of a file of circuits, written as they are all formatted. */
export function circomChanges(text: string): Change[] {
  const whole = masked(text);
  const code = behaving(whole);
  return [
    ...constraints(code),
    ...assignments(code),
    ...detached(code),
    ...widths(code),
    ...loops(whole),
    ...binary(code, COMPARISONS, "comparison flipped"),
    ...binary(code, ARITHMETIC, "arithmetic changed"),
    ...numbers(code),
  ];
}
