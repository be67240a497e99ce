import { html, type Markup } from "../../src/report/markup.ts";

/** One line of a plot. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 360;
const HEIGHT = 240;
const LEFT = 58;
const BOTTOM = 34;
const TOP = 14;
const RIGHT = 14;

/** Powers of two, or of ten, that enclose the values. */
function ticksOf(values: readonly number[], base: number): number[] {
  const first = Math.floor(Math.log(Math.min(...values)) / Math.log(base) + 1e-9);
  const last = Math.ceil(Math.log(Math.max(...values)) / Math.log(base) - 1e-9);
  return Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, i) => base ** (first + i));
}

/**
 * Lines over two logarithmic axes, so that a straight line of slope one is linear growth.
 *
 * @param format how a tick of the y axis reads
 */
export function logPlot(
  title: string,
  axis: string,
  series: readonly Series[],
  format: (y: number) => string,
): Markup {
  const xs = series.flatMap(({ points }) => points.map(([x]) => x));
  const ys = series.flatMap(({ points }) => points.map(([, y]) => y));
  const [xTicks, yTicks] = [ticksOf(xs, 2), ticksOf(ys, 10)];
  const place = (value: number, ticks: readonly number[], from: number, to: number): number =>
    from + ((to - from) * Math.log(value / ticks[0]!)) / Math.log(ticks.at(-1)! / ticks[0]!);
  const x = (value: number): string => place(value, xTicks, LEFT, WIDTH - RIGHT).toFixed(1);
  const y = (value: number): string => place(value, yTicks, HEIGHT - BOTTOM, TOP).toFixed(1);
  const lines = series.map(
    ({ name, points }, i) => html`<g class="series s${i}">
<polyline points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(" ")}"/>
${points.map(([a, b]) => html`<circle cx="${x(a)}" cy="${y(b)}" r="3"><title>${name}, ${axis} = ${a}: ${format(b)}</title></circle>`)}
</g>`,
  );
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${yTicks.map((tick) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${LEFT - 6}" y="${y(tick)}" class="y">${format(tick)}</text>`)}
${xTicks.map((tick) => html`<text x="${x(tick)}" y="${HEIGHT - BOTTOM + 16}" class="x">${tick}</text>`)}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 4}" class="x">${axis}</text>
${lines}
</svg></figure>`;
}
