/** Type, rhythm and the parts that every section uses. */
export const PAGE = `
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
}
h1, h2, h3 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "Liberation Serif", Georgia, serif; font-weight: 600; text-wrap: balance; line-height: 1.15; margin: 0 }
h1 { font-size: clamp(1.9rem, 5.2vw, 3.4rem); letter-spacing: -0.015em; max-width: 22ch }
h2 { font-size: clamp(1.45rem, 3vw, 2rem); letter-spacing: -0.01em }
h3 { font-size: 1.2rem }
h4 { margin: 1rem 0 .25rem; font-size: .8rem; font-weight: 650; letter-spacing: .02em; color: var(--quiet) }
p { margin: .4rem 0 }
section { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1.5rem }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px }
code { font: .88em ui-monospace, "SF Mono", "Noto Sans Mono", "Liberation Mono", monospace }
small, .quiet { color: var(--quiet); font-size: .875rem }
.quiet q, .quiet .label { color: inherit }
.kicker { color: var(--quiet); font-size: .9rem; letter-spacing: .02em; margin: 0 0 .75rem }
.lead { max-width: 68ch; color: var(--quiet); font-size: 1.05rem; margin: .6rem 0 1.4rem }
header .lead { font-size: 1.15rem; color: var(--ink) } header .tiles + .lead { margin-top: 1.4rem }
time { color: var(--quiet); white-space: nowrap }
q { quotes: "“" "”" "‘" "’" }
.amount { font-variant-numeric: tabular-nums lining-nums; white-space: nowrap }
.amount > span { color: var(--quiet) }
.label { display: inline-block; max-width: 100%; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em; font-size: .86em; line-height: 1.5; background: var(--panel); color: var(--ink) }
.verdict { font-weight: 600 } .verdict.good { color: var(--good) } .verdict.bad { color: var(--bad) }
.swatch { display: inline-block; width: .8em; height: .8em; margin-right: .45em; border-radius: 2px; background: var(--c); vertical-align: -.03em }
.skip { position: absolute; left: -999px } .skip:focus { position: static }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; padding: 0; margin: 1.75rem 0 0; list-style: none; font-size: .95rem }
nav a { display: inline-block; padding: .2rem 0 }

.money { white-space: nowrap; font-variant-numeric: tabular-nums lining-nums } .money small { font-size: .8em }
/* A shadow at an edge behind which there is more; the covers scroll with the table, the shadows do not. */
.scroller { --cover: var(--paper); overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: 8px;
  background: linear-gradient(90deg, var(--cover) 40%, transparent) 0 0 / 2.4rem 100% no-repeat local, linear-gradient(270deg, var(--cover) 40%, transparent) right -1px top 0 / 2.4rem 100% no-repeat local,
    linear-gradient(90deg, var(--edge), transparent) 0 0 / 1rem 100% no-repeat scroll, linear-gradient(270deg, var(--edge), transparent) 100% 0 / 1rem 100% no-repeat scroll, var(--cover) }
:is(.card, .box, .inference) .scroller { --cover: var(--panel) }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4 }
caption { text-align: left; padding: .6rem .8rem; font-weight: 600 }
th, td { padding: .5rem .8rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: normal; white-space: nowrap }
table .quiet { font-size: 1em }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; white-space: normal; border-bottom: 2px solid var(--line) }
tbody th { font-weight: 600 }
.prose { white-space: normal; min-width: 14rem }
.stacked .prose { overflow-wrap: anywhere }
@media screen and (max-width: 48rem) {
  .stacked :is(tbody, tr, th, td) { display: block } .stacked thead { display: none } .stacked caption { display: block }
  .stacked tr { display: flex; flex-direction: column; padding: .5rem .8rem; border-top: 1px solid var(--line) }
  .stacked :is(th, td) { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0 1rem; padding: .1rem 0; border: 0; text-align: left; white-space: normal }
  .stacked th { display: block; order: -1 } .stacked td::before { content: attr(data-heading); margin-right: auto; color: var(--quiet) }
}
.numeric { text-align: right; font-variant-numeric: tabular-nums; }

summary { cursor: pointer; padding: .5rem 0 }
details.more > summary { color: var(--link); font-weight: 600 }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem }
details.more > .cards { margin-top: .5rem }
.card, .box { min-width: 0; padding: 1.1rem 1.2rem; border: 1px solid var(--line); border-radius: 10px; background: var(--panel) }
.card .label { background: var(--paper) }
.rows { margin: .3rem 0; padding: 0; list-style: none; font-size: .92rem }
.rows > li { padding: .35rem 0 } .rows > li + li { border-top: 1px solid var(--line) }
.thumbnail { width: 2.4rem; height: 2.4rem; padding: 2px; background: var(--paper); border: 1px solid var(--line); border-radius: 3px; fill: var(--ink); vertical-align: middle }
blockquote .thumbnail { width: 6rem; height: 6rem }
footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .95rem }
.facts > div { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: .2rem 1rem; padding: .2rem 0 }
.facts dt { color: var(--quiet) } .facts dd { margin: 0 }
@media (max-width: 30rem) { .facts > div { grid-template-columns: minmax(0, 1fr) } .facts dd { margin-bottom: .4rem } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
`;
