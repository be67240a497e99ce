import type { Measured } from "../../evaluation/types.ts";
import { coordinate } from "../format.ts";
import { html, type Markup } from "../markup.ts";

export interface Series {
  readonly name: string;
  /** A colour class of the page, "p0" … "p7". */
  readonly colour: string;
  /** One for each label of the axis. */
  readonly points: readonly Measured[];
}

export interface CurveInput {
  readonly label: string;
  /** Below the axis, from left to right, evenly spaced. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** A value to reach. */
  readonly mark?: number;
}

const [WIDTH, HEIGHT] = [400, 236];
const [LEFT, RIGHT, TOP, BOTTOM] = [36, 14, 12, 28];
const STEP = 0.2;

/** Values against a few settings, each with its 95 % interval over the queries, on a scale from 0 (or below) to 1. */
export function curve({ label, labels, series, mark }: CurveInput): Markup {
  const values = series.flatMap(({ points }) =>
    points.flatMap((p) => [p.value, p.overQueries?.low ?? p.value]),
  );
  const bottom = Math.min(0, Math.floor(Math.min(...values) / STEP) * STEP);
  const y = (value: number): number => TOP + ((1 - value) / (1 - bottom)) * (HEIGHT - TOP - BOTTOM);
  const room = (WIDTH - LEFT - RIGHT) / labels.length;
  const x = (at: number, of: number): number => LEFT + (at + 0.5) * room + (of - (series.length - 1) / 2) * 8;
  const ticks = Array.from({ length: Math.round((1 - bottom) / STEP) + 1 }, (_, i) => bottom + i * STEP);
  const grid = ticks.map(
    (tick) => html`<path class="grid" d="M${LEFT} ${coordinate(y(tick))}H${WIDTH - RIGHT}"/>
      <text class="tick" x="${LEFT - 6}" y="${coordinate(y(tick) + 4)}">${tick.toFixed(1)}</text>`,
  );
  const names = labels.map(
    (name, i) =>
      html`<text class="name" x="${coordinate(LEFT + (i + 0.5) * room)}" y="${HEIGHT - 8}">${name}</text>`,
  );
  const drawn = series.map(({ colour, points, name }, of) => {
    const line = points
      .map((p, i) => `${i === 0 ? "M" : "L"}${coordinate(x(i, of))} ${coordinate(y(p.value))}`)
      .join("");
    const bars = points.map(({ overQueries }, i) => {
      if (overQueries === undefined) return false;
      return html`<path class="interval" d="M${coordinate(x(i, of))} ${coordinate(y(overQueries.low))}V${coordinate(y(overQueries.high))}"/>`;
    });
    const dots = points.map(
      (p, i) =>
        html`<circle cx="${coordinate(x(i, of))}" cy="${coordinate(y(p.value))}" r="3.5"><title>${name}, ${labels[i]}: ${p.value.toFixed(3)}</title></circle>`,
    );
    return html`<g class="${colour}"><path class="line" d="${line}"/>${bars}${dots}</g>`;
  });
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${grid}${names}
    ${mark !== undefined && html`<path class="gate" d="M${LEFT} ${coordinate(y(mark))}H${WIDTH - RIGHT}"/>`}${drawn}</svg>`;
}
