/** What only the evaluation's page has, beside the style of the other report. */
export const EVALUATION = `
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1rem; margin-top: 1.2rem }
.plots figure { margin: 0; min-width: 0 } .plots figcaption { font-weight: 600; margin-bottom: .5rem } .plots figcaption small { display: block; font-weight: 400 }
.plot { display: block; width: 100%; max-width: 34rem; height: auto; font-size: 12px; fill: var(--ink) }
.plot .tick { text-anchor: end; fill: var(--quiet) } .plot .name { text-anchor: middle; fill: var(--quiet) }
.plot .grid { stroke: var(--line); fill: none } .plot .gate { stroke: var(--ink); stroke-dasharray: 5 4; fill: none }
.plot .line { fill: none; stroke: var(--c); stroke-width: 2 } .plot .interval { stroke: var(--c); stroke-width: 3; stroke-opacity: .4 } .plot circle { fill: var(--c) }
.plot .count { fill: var(--pool) } .plot .band { fill: var(--p1); fill-opacity: .3 }
`;
