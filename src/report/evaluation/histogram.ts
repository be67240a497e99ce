import type { Measured } from "../../evaluation/types.ts";
import { coordinate } from "../format.ts";
import { html, type Markup } from "../markup.ts";

const [WIDTH, HEIGHT] = [400, 236];
const [LEFT, RIGHT, TOP, BOTTOM] = [36, 14, 12, 28];
const BIN = 0.1;

/** How many queries have which LDS, in steps of a tenth, with the mean and its 95 % interval. */
export function histogram(each: readonly number[], { value, overQueries }: Measured, label: string): Markup {
  const first = Math.min(0, ...each.map((x) => Math.floor(x / BIN + 1e-9)));
  const bins = new Array<number>(10 - first).fill(0);
  for (const x of each) bins[Math.min(bins.length - 1, Math.floor(x / BIN + 1e-9) - first)]!++;
  const most = Math.max(...bins);
  const room = (WIDTH - LEFT - RIGHT) / bins.length;
  const x = (lds: number): number => LEFT + (lds / BIN - first) * room;
  const base = HEIGHT - BOTTOM;
  const rise = (count: number): number => (count / most) * (base - TOP);
  const bars = bins.map((count, i) => {
    const height = rise(count);
    return html`<rect class="count" x="${coordinate(LEFT + i * room + 1)}" y="${coordinate(base - height)}"
      width="${coordinate(room - 2)}" height="${coordinate(height)}"><title>${((i + first) * BIN).toFixed(1)} to ${((i + first + 1) * BIN).toFixed(1)}: ${count}</title></rect>`;
  });
  const ticks = Array.from({ length: bins.length + 1 }, (_, i) => i + first)
    .filter((tick) => tick % 2 === 0)
    .map(
      (tick) =>
        html`<text class="name" x="${coordinate(x(tick * BIN))}" y="${HEIGHT - 8}">${(tick * BIN).toFixed(1)}</text>`,
    );
  const band =
    overQueries !== undefined &&
    html`<rect class="band" x="${coordinate(x(overQueries.low))}" y="${TOP}" width="${coordinate(x(overQueries.high) - x(overQueries.low))}" height="${base - TOP}"/>`;
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    <text class="tick" x="${LEFT - 6}" y="${TOP + 9}">${most}</text><text class="tick" x="${LEFT - 6}" y="${base}">0</text>
    <path class="grid" d="M${LEFT} ${base}H${WIDTH - RIGHT}"/>${bars}${band}
    <path class="gate" d="M${coordinate(x(value))} ${TOP}V${base}"/>${ticks}</svg>`;
}
