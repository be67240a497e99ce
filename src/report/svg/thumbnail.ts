import { coordinate } from "../format.ts";
import { html, type Markup } from "../markup.ts";

/** Shades of ink; a path for each keeps an 8×8 picture below a kilobyte. */
const SHADES = 6;
/** Larger pictures would weigh more than they tell at the size of a thumb. */
const LARGEST_SIDE = 64;

/** Whether the numbers are a picture that can be drawn: the shape fits the count. */
export const isDrawable = (
  values: readonly number[],
  shape: readonly [number, number] | undefined,
): boolean =>
  shape !== undefined &&
  shape[0] > 0 &&
  shape[0] <= LARGEST_SIDE &&
  shape[1] <= LARGEST_SIDE &&
  shape[0] * shape[1] === values.length;

/** A picture of shape [rows, columns]: the smallest value is paper, the largest full ink. */
export function thumbnail(
  values: readonly number[],
  shape: readonly [number, number],
  label: string,
): Markup {
  const [rows, columns] = shape;
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const shades = Array.from({ length: SHADES }, () => "");
  values.forEach((value, i) => {
    const shade = range === 0 ? 0 : Math.round(((value - low) / range) * SHADES);
    if (shade > 0) shades[shade - 1] += `M${i % columns} ${Math.floor(i / columns)}h1v1h-1z`;
  });
  const paths = shades.map(
    (path, i) => path !== "" && html`<path fill-opacity="${coordinate((i + 1) / SHADES)}" d="${path}"/>`,
  );
  return html`<svg class="thumbnail" viewBox="0 0 ${columns} ${rows}" shape-rendering="crispEdges" role="img"
    aria-label="${label}">${paths}</svg>`;
}
