/** What only one section has: tiles, the journey, bars, the river, the heat map, answers. */
export const SECTIONS = `
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13.5rem), 1fr)); gap: 1px; margin: 1.8rem 0 0; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden }
.tile { background: var(--panel); padding: 1rem 1.2rem }
.tile dt { color: var(--quiet); font-size: .9rem } .tile dd { margin: 0; font-size: .9rem }
.tile .figure { font-size: 1.45rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums }
.tile .figure .amount > span { font-size: .7em; font-weight: 400 }

.journey { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: 0; list-style: none; margin: 1.2rem 0 0; padding: 0; font-size: .875rem; line-height: 1.4; overflow-wrap: normal; hyphens: auto }
.journey li { position: relative; padding: 1.6rem .9rem 0 0 }
.journey li::before { content: ""; position: absolute; left: 0; right: 0; top: .45rem; border-top: 3px solid var(--pool) }
.journey li::after { content: ""; position: absolute; left: 0; top: 0; width: 1rem; height: 1rem; border-radius: 50%; background: var(--paper); border: 4px solid var(--pool) }
.journey li:last-child::before { right: auto; width: 1rem }
.journey span, .journey strong { display: block } .journey .stop { color: var(--quiet) }
.journey strong { font-size: 1.05rem; margin: .1rem 0 .25rem }
@media screen and (max-width: 60rem) {
  .journey { grid-template-columns: minmax(0, 1fr) }
  .journey li { padding: 0 0 1.2rem 2rem }
  .journey li::before, .journey li:last-child::before { left: .45rem; right: auto; top: 0; bottom: 0; width: 0; border-top: 0; border-left: 3px solid var(--pool) }
  .journey li:last-child::before { bottom: auto; height: 1rem }
}

figure { margin: 1.5rem 0 }
.flow { display: block; width: 100%; height: auto; font-size: 12.5px; fill: var(--ink) }
.flow .stream { fill: none; stroke: var(--c); stroke-opacity: .32 }
.flow rect { fill: var(--c) } .flow .who { font-weight: 600 } .flow .units { fill: var(--quiet); font-variant-numeric: tabular-nums }
.flow.narrow { display: none; font-size: 11.5px }
@media screen and (max-width: 48rem) { .flow.wide { display: none } .flow.narrow { display: block } }

.ranking { list-style: none; margin: 0; padding: 0 }
.ranking li { display: grid; grid-template-columns: 2rem minmax(0, 1fr) minmax(0, 1.1fr) 6.5rem; gap: 0 .8rem; align-items: baseline; padding: .55rem 0; border-bottom: 1px solid var(--line) }
.ranking .rank { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums }
.ranking .who { font-weight: 600 } .ranking .got { white-space: nowrap }
.ranking .part { text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap }
.ranking .given { grid-column: 2; grid-row: 2; color: var(--quiet); font-size: .875rem }
.ranking .bar { grid-column: 3 / -1; grid-row: 2; align-self: center }
.bar { display: block; height: .8rem; width: 100%; fill: var(--c) } .bar .track { fill: var(--track) } .bar rect { fill: var(--c) } .bar rect.track { fill: var(--track) }
.bar .even { stroke: var(--ink); stroke-width: 2px; vector-effect: non-scaling-stroke }
.even-key { display: inline-block; height: .9em; border-left: 2px solid var(--ink); vertical-align: -.1em }
@media screen and (max-width: 48rem) {
  .ranking li { grid-template-columns: 1.6rem minmax(0, 1fr) auto }
  .ranking .got { grid-column: 2; grid-row: 3 } .ranking .part { grid-column: 3; grid-row: 3 }
  .ranking .given { grid-column: 2 / -1 } .ranking .bar { grid-column: 2 / -1; grid-row: 4; width: 100%; margin-top: .25rem }
  .ranking .who { grid-column: 2 / -1 }
}

.card .total { font-size: 1.3rem; font-weight: 600; margin: .6rem 0 } .card .total .amount > span { font-weight: 400; font-size: .75em }
.spark { display: block; width: 100%; height: 2.4rem; margin: .7rem 0; fill: var(--pool) } .spark .none { fill: var(--quiet) }
.accuracy { list-style: none; padding: 0; margin: .8rem 0 }
.accuracy li { display: grid; grid-template-columns: 1fr auto; gap: 0 .8rem; padding: .3rem 0 } .accuracy .bar { grid-column: 1 / -1; grid-row: 2 }

.batch { margin-top: 1rem } .batch > summary h3 { display: inline }
.inference { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; background: var(--panel) }
.inference > summary { display: grid; grid-template-columns: 2.6rem minmax(0, 5fr) minmax(0, 3fr) auto; gap: .35rem 1.2rem; align-items: center; padding: .7rem .9rem; list-style: none }
.inference > summary::-webkit-details-marker { display: none }
.inference .place { white-space: nowrap; color: var(--quiet); font-variant-numeric: tabular-nums } .inference .place::before { content: "▸ " } .inference[open] .place::before { content: "▾ " }
.inference .label { background: var(--paper) }
.inference .pool { text-align: right } .share-bar { grid-column: 1 / -1; display: flex; gap: 2px; height: 1.45rem; border-radius: 3px; overflow: hidden }
.share-bar span { flex: 0 1 auto; min-width: 0; padding: 0 .1rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; background: var(--c); color: var(--paper); font-size: .8rem; line-height: 1.45rem } .share-bar bdi { padding-left: .35rem }
.inference .rows:has(.thumbnail) { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 0 1rem } .inference .rows:has(.thumbnail) > li { border: 0 }
 .nobody { grid-column: 1 / -1; font-size: .9rem; color: var(--quiet) }
.inference .body { padding: .2rem .9rem 1rem; border-top: 1px solid var(--line) }
blockquote { margin: .9rem 0; padding-left: 1rem; border-left: 3px solid var(--pool); font-size: 1.08rem }
.top { padding-left: 1.3rem; margin: .4rem 0 } .top > li + li { margin-top: .9rem } .top strong { font-variant-numeric: tabular-nums }
.all { list-style: none; padding: 0; margin: 0; columns: 20rem; font-size: .9rem } .all li { display: grid; grid-template-columns: minmax(0, 1fr) auto 4rem; gap: .8rem; padding: .15rem 0; break-inside: avoid } .all span { text-align: right; color: var(--quiet); white-space: nowrap }
@media screen and (max-width: 48rem) { .inference > summary { grid-template-columns: 2.6rem minmax(0, 1fr) } .inference .answer, .inference .pool { grid-column: 2; text-align: left } }

.heat { display: block; font-size: 12px; fill: var(--ink) } .heat .row { text-anchor: end; fill: var(--quiet) }
.h0 { fill: var(--quiet) } .h1, .h2, .h3, .h4, .h5 { fill: var(--heat) } .h1 { fill-opacity: .45 } .h2 { fill-opacity: .6 } .h3 { fill-opacity: .75 } .h4 { fill-opacity: .88 }
.heat-list { display: none; list-style: none; margin: 1rem 0; padding: 0 }
.heat-list > li { padding: .6rem 0; border-bottom: 1px solid var(--line) } .heat-list ul { list-style: none; margin: .2rem 0 0; padding: 0 }
.heat-list li li { display: grid; grid-template-columns: 1.3rem minmax(0, 1fr) auto; gap: .5rem; align-items: center } .heat-list svg { width: 1.25rem; height: 1.25rem }
@media screen and (max-width: 48rem) { .heat-picture { display: none } .heat-list { display: block } }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; padding: 0; margin: .5rem 0; font-size: .875rem; color: var(--quiet) }
.legend li { display: flex; align-items: center; gap: .4rem; font-variant-numeric: tabular-nums } .legend svg { width: 1.25rem; height: 1.25rem }
.readout { font-size: .95rem; min-height: 1.6em }
.boxes { display: grid; margin-top: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem } .box ul { padding-left: 1.1rem; margin: .6rem 0 0 } .box li { margin: .4rem 0 }
.boxes.wide { grid-template-columns: minmax(0, 1fr) }
.warning { margin: 1rem 0; padding: .9rem 1.2rem; border-radius: 8px; background: var(--warn) }
`;
