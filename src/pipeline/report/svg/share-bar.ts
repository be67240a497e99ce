import { coordinate } from "../format.ts";
import { html, type Markup } from "../markup.ts";

export interface Segment {
  /** Class of the colour (`ReportView.colour`). */
  readonly colour: string;
  /** Part of the whole, in [0, 1]. */
  readonly share: number;
  readonly title: string;
}

/** Segments thinner than this melt into the one that ends the bar. */
const THINNEST = 0.008;

/**
 * One bar of width 100 %, divided as the shares say; what is missing to 1 stays empty. The bar is described in words
 * by `label`; the figures stand in the list beside it, so that nothing is told by colour alone.
 */
export function shareBar(segments: readonly Segment[], label: string): Markup {
  let from = 0;
  const wide = segments.filter((segment) => segment.share >= THINNEST);
  const thin = segments.filter((segment) => segment.share < THINNEST);
  const rest = thin.reduce((sum, segment) => sum + segment.share, 0);
  const drawn =
    rest > 0 ? [...wide, { colour: "rest", share: rest, title: `${thin.length} smaller shares` }] : wide;
  return html`<svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${label}">${drawn.map(
    ({ colour, share, title }) => {
      const x = from;
      from += share * 100;
      return html`<rect class="${colour}" x="${coordinate(x)}" y="0" width="${coordinate(Math.max(share * 100 - 0.25, 0.2))}" height="6"><title>${title}</title></rect>`;
    },
  )}</svg>`;
}
