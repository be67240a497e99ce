/** On paper: everything unfolded, nothing cut at a page's edge, tables small enough for a page. */
export const PRINT = `
@media print {
  body { padding: 0; max-width: none; font-size: 10pt }
  nav, .readout, .skip { display: none }
  section { margin-top: 1.6rem; break-inside: auto }
  h2, h3, h4, summary { break-after: avoid }
  .card, .inference, .ranking li, .tile, tr, figure { break-inside: avoid }
  .scroller { overflow: visible; border: 0 } table { font-size: 6.4pt; line-height: 1.25 } th, td { padding: .2rem .3rem; min-width: 0; white-space: normal }
  .heat { max-width: 100%; height: auto }
  details::details-content { content-visibility: visible; height: auto }
  a { color: inherit; text-decoration: none }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
