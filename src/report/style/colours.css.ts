/**
 * Colours by what they mean. Every text colour has at least 4.5 : 1 on `--paper` and on `--panel` in both schemes, and so
 * have the ranks' colours (the browser test measures it). Print is always light.
 */
export const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --panel: #f3f1ea; --ink: #17221f; --quiet: #54605b; --line: #d6d3c6; --link: #0a5f63;
  --good: #17653a; --bad: #a3231b; --warn: #fbeecb; --track: #e4e1d5;
  --p0: #0b6b6f; --p1: #a9441a; --p2: #4a4db0; --p3: #66650d; --p4: #8a3578; --p5: #1c659c; --p6: #785725; --p7: #ab2440;
  --rest: #616a66; --pool: #2a6f86; --share: #77736a; --reserve: #4c5550; --heat: #0a5f63; --edge: rgb(23 34 31 / .32);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1618; --panel: #172023; --ink: #e7ece9; --quiet: #a2aeaa; --line: #2f3b3e; --link: #6fd0cc;
    --good: #74d39b; --bad: #ff958a; --warn: #3a3115; --track: #263134;
    --p0: #4fc3bd; --p1: #f29362; --p2: #a6a9f7; --p3: #c6c257; --p4: #e296d3; --p5: #7dbbf0; --p6: #d4ad7c; --p7: #f68b9b;
    --rest: #8f9a96; --pool: #64b3cc; --share: #a39e92; --reserve: #b4bfba; --heat: #6fd0cc; --edge: rgb(0 0 0 / .85);
  }
}
.p0 { --c: var(--p0) } .p1 { --c: var(--p1) } .p2 { --c: var(--p2) } .p3 { --c: var(--p3) }
.p4 { --c: var(--p4) } .p5 { --c: var(--p5) } .p6 { --c: var(--p6) } .p7 { --c: var(--p7) }
.rest { --c: var(--rest) } .pool { --c: var(--pool) } .share { --c: var(--share) } .reserve { --c: var(--reserve) }
`;
