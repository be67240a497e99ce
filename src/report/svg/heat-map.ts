import { openText } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { largestUnits } from "../units.ts";

export interface HeatMapInput {
  /** Column headings, from left to right. */
  readonly columns: readonly string[];
  /** Row headings with one amount in units for each column. */
  readonly rows: readonly { readonly name: string; readonly amounts: readonly bigint[] }[];
  readonly label: string;
}

/** Steps of the scale; each is a fifth of the largest amount wide. */
export const HEAT_STEPS = 5;

const LEFT = 84;
const TOP = 132;
const LONGEST_HEADING = 18;
const RIGHT = 64;
/** Width for the cells on a desk; beyond 60 columns or so the picture scrolls in its box. */
const ROOM = 960;
const [SMALLEST_CELL, LARGEST_CELL] = [15, 72];
/** Headings of narrower columns stand steeper, or they would run into each other. */
const STEEP_BELOW = 24;
/** Up to this many rows are drawn high. */
const FEW_ROWS = 24;

/** The step of an amount: 0 for nothing, 1 … HEAT_STEPS; exact, since a bar on the edge should not wander. */
export const heatStep = (units: bigint, largest: bigint): number =>
  units === 0n || largest === 0n ? 0 : Number((units * BigInt(HEAT_STEPS) + largest - 1n) / largest);

/** Amounts of each step, "from – to", for the legend. */
export function heatLegend(largest: bigint): readonly { readonly step: number; readonly text: string }[] {
  const edge = (step: number): bigint => (largest * BigInt(step)) / BigInt(HEAT_STEPS);
  return Array.from({ length: HEAT_STEPS }, (_, i) => ({
    step: i + 1,
    text: `${i === 0 ? "more than 0" : openText(edge(i))} – ${openText(edge(i + 1))}`,
  }));
}

const shorten = (name: string): string =>
  [...name].length > LONGEST_HEADING ? `${[...name].slice(0, LONGEST_HEADING - 1).join("")}…` : name;

/**
 * A grid of amounts: darker is more, and larger squares are more too, so that it can be read without colours. Each
 * row carries its amounts in `data-amounts`, which the page's script shows under the pointer.
 */
export function heatMap({ columns, rows, label }: HeatMapInput): Markup {
  const cellWidth = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(ROOM / columns.length)));
  const cellHeight = rows.length <= FEW_ROWS ? 26 : 15;
  const largest = largestUnits(rows.flatMap((row) => row.amounts));
  const width = LEFT + columns.length * cellWidth + RIGHT;
  const height = TOP + rows.length * cellHeight + 4;
  const angle = cellWidth < STEEP_BELOW ? -80 : -50;
  const headings = columns.map((name, i) => {
    const x = LEFT + (i + 0.5) * cellWidth + 4;
    return html`<text transform="translate(${x} ${TOP - 8}) rotate(${angle})"><title>${name}</title>${shorten(name)}</text>`;
  });
  const lines = rows.map((row, r) => {
    const y = TOP + r * cellHeight;
    const paths = Array.from({ length: HEAT_STEPS + 1 }, () => "");
    row.amounts.forEach((units, c) => {
      const step = heatStep(units, largest);
      const side = 0.25 + (0.6 * step) / HEAT_STEPS;
      const [w, h] = step === 0 ? [2, 2] : [Math.round(cellWidth * side), Math.round(cellHeight * side)];
      const [x, top] = [LEFT + c * cellWidth + (cellWidth - w) / 2, y + (cellHeight - h) / 2];
      paths[step] += `M${x} ${top}h${w}v${h}h-${w}z`;
    });
    const cells = paths.map((path, step) => path !== "" && html`<path class="h${step}" d="${path}"/>`);
    return html`<g data-row="${row.name}" data-amounts="${row.amounts.join(" ")}">
      <text class="row" x="${LEFT - 8}" y="${y + cellHeight / 2 + 4}">${row.name}</text>${cells}</g>`;
  });
  return html`<svg class="heat" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"
    aria-label="${label}" data-left="${LEFT}" data-top="${TOP}" data-cell-width="${cellWidth}"
    data-cell-height="${cellHeight}">${headings}${lines}</svg>`;
}
