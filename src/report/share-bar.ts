import { coordinate, percent } from "./format.ts";
import { html, type Markup, type Part } from "./markup.ts";

export interface Segment {
  /** Class of the colour (`ReportView.colour`). */
  readonly colour: string;
  readonly name: string;
  /** Part of the whole, in [0, 1]. */
  readonly share: number;
}

/** Segments thinner than this melt into the one that ends the bar. */
const THINNEST = 0.012;
/** From here on a segment has room for some letters of its name. */
const NAMED = 0.09;
const IN_WORDS = 3;

const piece = (colour: string, share: number, title: string, text: Part): Markup =>
  html`<span class="${colour}" style="flex-basis:${coordinate(share * 100)}%" title="${title}">${text}</span>`;

/**
 * One bar, divided as the shares say, with names where they have room. It is text in boxes and not a picture, so that
 * names keep their size on a phone; to a screen reader it is one image with its largest shares in words. All figures
 * stand in the list beside it.
 */
export function shareBar(segments: readonly Segment[]): Markup {
  const wide = segments.filter((segment) => segment.share >= THINNEST);
  const thin = segments.filter((segment) => segment.share < THINNEST);
  const rest = thin.reduce((sum, segment) => sum + segment.share, 0);
  const words = segments.slice(0, IN_WORDS).map(({ name, share }) => `${name} ${percent(share)}`);
  const more = segments.length - words.length;
  const label = `Shares: ${words.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
  const pieces = wide.map(({ colour, name, share }) =>
    piece(colour, share, `${name} ${percent(share)}`, share >= NAMED && html`<bdi>${name}</bdi>`),
  );
  const end = rest > 0 && piece("rest", rest, `${thin.length} smaller shares`, false);
  return html`<span class="share-bar" role="img" aria-label="${label}">${pieces}${end}</span>`;
}
