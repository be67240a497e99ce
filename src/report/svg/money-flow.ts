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
  /** Lines that the first label stands above the second, where they have no room side by side. */
  readonly lift: number;
}

/** Two lines of text stand beside each node of the last column. */
const NODE_ROOM = 34;
/** Two lines above the first nodes, and the lift. */
const TOP = 42;
const LINE = 14;
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
  const top = TOP + layout.lift * LINE;
  const height = top + leaves * (NODE_ROOM + 4) + 20;
  const place = sankey<FlowNode, { units: bigint }>()
    .nodeId((node) => node.id)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_ROOM - 4)
    .nodeSort(null)
    .linkSort(null)
    .extent([
      [1, top],
      [layout.width - layout.labels, height - 16],
    ]);
  const graph = place({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link, value: Number(link.units) })),
  });
  // Nodes with outflow start at one height, so that their labels above them stay clear of the streams.
  for (const node of graph.nodes) {
    if ((node.sourceLinks ?? []).length === 0) continue;
    node.y1 = top + (node.y1 ?? 0) - (node.y0 ?? 0);
    node.y0 = top;
  }
  place.update(graph);
  const path = sankeyLinkHorizontal<FlowNode, { units: bigint }>();
  const streams = graph.links.map((link) => {
    const [source, target] = [link.source as FlowNode, link.target as FlowNode];
    const width = Math.max(link.width ?? 0, 1);
    return html`<path class="stream ${target.colour}" d="${path(link) ?? ""}" stroke-width="${coordinate(width)}">
      <title>${source.name} → ${target.name}: ${openText(link.units)}</title></path>`;
  });
  const blocks = graph.nodes.map((node) => {
    const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
    const isLeaf = (node.sourceLinks ?? []).length === 0;
    const isRoot = (node.targetLinks ?? []).length === 0;
    const [x, y] = isLeaf ? [x1 + 8, (y0 + y1) / 2 - 3] : [x0, y0 - 20 - (isRoot ? layout.lift * LINE : 0)];
    return html`<rect class="${node.colour}" x="${coordinate(x0)}" y="${coordinate(y0)}"
      width="${coordinate(x1 - x0)}" height="${coordinate(Math.max(y1 - y0, 1.5))}"/>
      <text x="${coordinate(x)}" y="${coordinate(y)}">
      <tspan class="who">${shorten(node.name, layout.longest)}</tspan>
      <tspan class="units" x="${coordinate(x)}" dy="${LINE}">${openDigits(node.units)} OPEN</tspan></text>`;
  });
  return html`<svg class="flow ${layout.name}" viewBox="0 0 ${layout.width} ${height}" role="img"
    aria-label="${label}">${streams}${blocks}</svg>`;
}
