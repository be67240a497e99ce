/** Embeddings, overrides and isolates: they reorder what follows, so that "paid 1" can read as "1 diap". */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
/** Characters without width: two names that differ in them only would look the same. */
const INVISIBLE = /[\u00ad\u200b\u2060-\u2064\ufeff]/g;
/** Marks piled on one letter paint over the lines above and below; no orthography needs more than four. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

const codePoint = (character: string): string =>
  `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;

/**
 * Text from outside with everything that misleads the eye made visible: controls
 * (but not tab and line breaks), direction overrides, characters without width, half surrogates. Joiners and
 * left-to-right or right-to-left marks stay: real writing needs them, and each text stands in its own `<bdi>`.
 */
export function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, codePoint)
      .replace(DIRECTION, codePoint)
      .replace(INVISIBLE, codePoint)
      .replace(PILED_MARKS, "$1")
  );
}

/** Code units that any grapheme which `visible` lets through fits in; what is beyond need not be segmented. */
const LONGEST_GRAPHEME = 16;
const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The first `limit` graphemes, with an ellipsis where something was cut; runs of white space become one space. */
export function excerpt(text: string, limit: number): string {
  const head = text.slice(0, limit * LONGEST_GRAPHEME);
  const shown = visible(head.replace(/\s+/g, " ").trim());
  const graphemes = Array.from(SEGMENTER.segment(shown), (part) => part.segment);
  if (graphemes.length <= limit && head.length === text.length) return shown;
  return `${graphemes.slice(0, limit).join("")}…`;
}
