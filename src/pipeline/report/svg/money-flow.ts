import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { coordinate, openDigits, openText } from "../format.ts";
import { html, type Markup } from "../markup.ts";

export interface FlowNode {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** Units that pass through. */
  readonly units: bigint;
}

export interface FlowLink {
  readonly source: string;
  readonly target: string;
  readonly units: bigint;
}

export interface FlowLayout {
  /** Class of the picture; the style sheet shows one of them. */
  readonly name: "wide" | "narrow";
  readonly width: number;
  /** Room for the labels right of the last column. */
  readonly labels: number;
  /** Characters of a name. */
  readonly longest: number;
}

/** Two lines of text stand beside each node of the last column. */
const NODE_ROOM = 34;
const TOP = 44;
const NODE_WIDTH = 12;

const shorten = (name: string, longest: number): string =>
  [...name].length > longest ? `${[...name].slice(0, longest - 1).join("")}…` : name;

/**
 * The money as a river: widths are in proportion to units (only here they become floating point), labels are exact.
 * Layout by d3-sankey; drawn twice, for a desk and for a phone, since text that shrinks with its picture cannot be read.
 */
export function moneyFlow(
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
  layout: FlowLayout,
  label: string,
): Markup {
  const leaves = nodes.filter((node) => !links.some((link) => link.source === node.id)).length;
  const height = TOP + leaves * (NODE_ROOM + 4) + 20;
  const graph = sankey<FlowNode, { units: bigint }>()
    .nodeId((node) => node.id)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_ROOM - 4)
    .nodeSort(null)
    .linkSort(null)
    .extent([
      [1, TOP],
      [layout.width - layout.labels, height - 16],
    ])({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link, value: Number(link.units) })),
  });
  const path = sankeyLinkHorizontal<FlowNode, { units: bigint }>();
  const streams = graph.links.map((link) => {
    const [source, target] = [link.source as FlowNode, link.target as FlowNode];
    const width = Math.max(link.width ?? 0, 1);
    return html`<path class="stream ${target.colour}" d="${path(link) ?? ""}" stroke-width="${coordinate(width)}"><title>${source.name} → ${target.name}: ${openText(link.units)}</title></path>`;
  });
  const blocks = graph.nodes.map((node) => {
    const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
    const isLeaf = (node.sourceLinks ?? []).length === 0;
    const [x, y] = isLeaf ? [x1 + 8, (y0 + y1) / 2 - 3] : [x0, y0 - 20];
    return html`<rect class="${node.colour}" x="${coordinate(x0)}" y="${coordinate(y0)}" width="${coordinate(x1 - x0)}" height="${coordinate(Math.max(y1 - y0, 1.5))}"/><text x="${coordinate(x)}" y="${coordinate(y)}"><tspan class="who">${shorten(node.name, layout.longest)}</tspan><tspan class="units" x="${coordinate(x)}" dy="14">${openDigits(node.units)} OPEN</tspan></text>`;
  });
  return html`<svg class="flow ${layout.name}" viewBox="0 0 ${layout.width} ${height}" role="img" aria-label="${label}">${streams}${blocks}</svg>`;
}
