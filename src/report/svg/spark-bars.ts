import { coordinate, ratio } from "../format.ts";
import { html, type Markup } from "../markup.ts";

const HEIGHT = 36;
const STEP = 10;

/**
 * One thin bar for each amount in units, in order, scaled to the largest of `scale`; zero is a dot on the base line.
 *
 * @param scale the amount that fills the height
 */
export function sparkBars(amounts: readonly bigint[], scale: bigint, label: string): Markup {
  const width = amounts.length * STEP;
  const bars = amounts.map((units, i) => {
    const height = units === 0n ? 1 : Math.max(ratio(units, scale) * HEIGHT, 1.5);
    const [kind, y] = [units === 0n ? "none" : "some", coordinate(HEIGHT - height)];
    return html`<rect class="${kind}" x="${i * STEP + 1}" y="${y}" width="${STEP - 2}" height="${coordinate(height)}"/>`;
  });
  return html`<svg class="spark" viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img"
    aria-label="${label}">${bars}</svg>`;
}
