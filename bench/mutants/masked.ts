/** What stands at both ends of a blanked pattern. */
export const PATTERN_MARK = "~";

/**
 * A text of the same length in which comments, and what stands inside of strings and patterns, are blanks: what is found
 * there is code. TypeScript's own compiler has no interface to ask any more; the sources are formatted by Biome, which
 * makes a regular expression of what a parser would be needed for elsewhere.
 */
export function masked(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, " ");
  const inside = (part: string): string => part[0] + blank(part.slice(1, -1)) + part.at(-1);
  const pattern = (part: string): string => PATTERN_MARK + blank(part.slice(1, -1)) + PATTERN_MARK;
  const piece =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=[(=,:[!&|?{};\n]\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
  return text.replace(piece, (part) =>
    /^\/[/*]/.test(part) ? blank(part) : part.startsWith("/") ? pattern(part) : inside(part),
  );
}

const OPEN = "([{";
const CLOSE = ")]}";

/** The offset behind the bracket that closes the one at `open`. @throws where none does */
export function behindBracket(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    if (OPEN.includes(code[i]!)) depth++;
    if (CLOSE.includes(code[i]!) && --depth === 0) return i + 1;
  }
  throw new RangeError(`the bracket at ${open} is not closed`);
}

/** The parts between the commas of a bracket's contents, as offsets; blanks around them are left out. */
export function partsInside(code: string, open: number): [start: number, end: number][] {
  const end = behindBracket(code, open) - 1;
  const parts: [number, number][] = [];
  let from = open + 1;
  for (let i = from, depth = 0; i <= end; i++) {
    if (OPEN.includes(code[i]!)) depth++;
    if (i < end && CLOSE.includes(code[i]!)) depth--;
    if (i < end && (depth > 0 || code[i] !== ",")) continue;
    const part = code.slice(from, i);
    const start = from + part.length - part.trimStart().length;
    if (part.trim() !== "") parts.push([start, from + part.trimEnd().length]);
    from = i + 1;
  }
  return parts;
}

/** The operands left and right of a logical operator, as offsets: each ends at another one, a bracket or a comma. */
export function operands(code: string, at: number, length: number): [start: number, end: number][] {
  const stop = (i: number): boolean =>
    code[i] === "," ||
    code[i] === ";" ||
    code[i] === "?" ||
    (code[i] === ":" && code[i + 1] === " ") ||
    (code[i] === "=" && code[i - 1] === " " && (code[i + 1] === " " || code[i + 1] === ">")) ||
    code.startsWith("return ", i) ||
    code.startsWith("&&", i) ||
    code.startsWith("||", i);
  let left = at - 1;
  for (let depth = 0; left > 0; left--) {
    if (CLOSE.includes(code[left]!)) depth++;
    if (OPEN.includes(code[left]!) && depth-- === 0) break;
    if (depth === 0 && stop(left)) break;
  }
  const word = code.startsWith("return ", left)
    ? 6
    : /^(&&|\|\||=>)/.test(code.slice(left, left + 2))
      ? 1
      : 0;
  let right = at + length;
  for (let depth = 0; right < code.length; right++) {
    if (OPEN.includes(code[right]!)) depth++;
    if (CLOSE.includes(code[right]!) && depth-- === 0) break;
    if (depth === 0 && stop(right)) break;
  }
  const trimmed = (from: number, to: number): [number, number] => {
    const part = code.slice(from, to);
    return [from + part.length - part.trimStart().length, from + part.trimEnd().length];
  };
  return [trimmed(left + word + 1, at), trimmed(at + length, right)];
}
