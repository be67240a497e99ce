/**
 * Characters that cannot be seen, or that turn the direction of what is around them: two names with and without one look alike. Besides
 * Unicode's own classes (format characters, what is ignored where it is not supported, line and paragraph separators) the blank of
 * Braille.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/v;
const ALL_INVISIBLE = new RegExp(INVISIBLE, "gv");

/**
 * Where they belong and change what is seen: inside of an emoji, and a (non-)joiner after a letter or a sign of a script that joins
 * (Persian, Hindi). Look-alikes among what can be seen (a Latin and a Cyrillic a) are not looked for.
 */
const IN_PLACE =
  /\p{RGI_Emoji}|\p{Extended_Pictographic}\ufe0f|(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Mn}\p{Mc}])[\u200c\u200d](?=[\p{L}\p{M}])/gv;

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** The first invisible character of a name, as U+202E; undefined where it has none. */
export function invisibleIn(name: string): string | undefined {
  if (!INVISIBLE.test(name)) return undefined;
  const found = INVISIBLE.exec(name.replace(IN_PLACE, ""));
  return found === null ? undefined : codePoint(found[0]);
}

/** A text as it may be shown: invisible characters by their numbers, so that no text turns what stands beside it. */
export const visible = (text: string): string =>
  text.replace(ALL_INVISIBLE, (character) => `<${codePoint(character)}>`);
