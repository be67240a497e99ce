/** On paper: everything unfolded, nothing cut at a page's edge, tables small enough for a page. */
export const PRINT = `
@media print {
  :root { --paper: #fff; font-size: 10.5px }
  body { padding: 0; max-width: none }
  .tiles { grid-template-columns: repeat(4, 1fr) } .journey { grid-template-columns: repeat(7, minmax(0, 1fr)) }
  nav, .readout, .skip { display: none }
  section { margin-top: 1.6rem }
  h2, h3, h4, summary { break-after: avoid }
  .ranking li, .rows > li, .tile, tr, figure { break-inside: avoid }
  .scroller { overflow: visible; border: 0 } table { font-size: 7.5px; line-height: 1.25 } th, td { padding: .2rem .3rem; min-width: 0; white-space: normal }
  .heat { max-width: 100%; height: auto }
  details::details-content { content-visibility: visible; height: auto }
  a { color: inherit; text-decoration: none }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
