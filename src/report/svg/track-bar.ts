import { coordinate } from "../format.ts";
import { html, type Markup } from "../markup.ts";

/**
 * A bar on its track, as wide as its box. The figure stands beside it in text, so that it is hidden from screen readers.
 *
 * @param part in [0, 1] of the track
 * @param mark in [0, 1]: where an upright line stands, to compare with
 */
export function trackBar(part: number, colour: string, mark?: number): Markup {
  const line = mark !== undefined && html`<path class="even" d="M${coordinate(mark * 100)} 0v10"/>`;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="10"/>
    <rect class="${colour}" width="${coordinate(part * 100)}" height="10"/>${line}</svg>`;
}
