/** Where a number may start in JSON, and so many digits of an integer that a float64 may not hold it. */
const LONG_INTEGER = /(?:^|[:,[\s-])\d{16}/;
/** Longer ones would be a burden to convert, and are nobody's name. */
const INTEGER = /^-?\d{1,400}$/;

/** What the third argument of a reviver is (ES2026); the library's types do not have it yet. */
interface SourceContext {
  readonly source?: string;
}

const keepDigits = (_key: string, value: unknown, context?: SourceContext): unknown => {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || !INTEGER.test(source)) return value;
  return String(value) === source || source === "-0" ? value : BigInt(source);
};

/**
 * JSON without a change of any integer: `JSON.parse` rounds those beyond 2^53, and three accounts become one. An integer comes as a
 * number where that number is written with the same digits, and as a bigint otherwise; a schema that asks for a number refuses it.
 * What JavaScript has written itself therefore comes back as it was.
 *
 * @throws SyntaxError
 */
export const parseJson = (text: string): unknown =>
  LONG_INTEGER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);

/**
 * A number at the top level of a JSON object as it is written; undefined where the key holds something else.
 *
 * @param text of the object
 */
export function numberSource(text: string, key: string): string | undefined {
  const sources = new WeakMap<object, Map<string, string>>();
  const root: unknown = JSON.parse(text, function note(
    this: object,
    name,
    value: unknown,
    context?: SourceContext,
  ) {
    if (typeof value === "number" && context?.source !== undefined) {
      const known = sources.get(this) ?? new Map<string, string>();
      sources.set(this, known.set(name, context.source));
    }
    return value;
  } as Parameters<typeof JSON.parse>[1]);
  return typeof root === "object" && root !== null ? sources.get(root)?.get(key) : undefined;
}
