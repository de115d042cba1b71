/** The one style sheet of the card: light or dark as the reader's system is. */
export const cardStyles = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1f2328, #e6edf3);
  --soft: light-dark(#59636e, #9198a1);
  --line: light-dark(#d1d9e0, #3d444d);
  --page: light-dark(#f6f8fa, #0d1117);
  --sheet: light-dark(#ffffff, #151b23);
  --accent: light-dark(#0969da, #4493f8);
  --good: light-dark(#1a7f37, #3fb950);
  --bad: light-dark(#d1242f, #f85149);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: 2rem 1rem 4rem;
  background: var(--page);
  color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
main { max-width: 46rem; margin: 0 auto; }
header { margin-bottom: 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
h3 { margin: 0; font-size: 1rem; font-family: ui-monospace, monospace; }
p { margin: 0 0 .75rem; }
section, article {
  margin-bottom: 1rem;
  padding: 1.25rem;
  background: var(--sheet);
  border: 1px solid var(--line);
  border-radius: .6rem;
}
article { padding: 1rem; }
article:last-child, p:last-child { margin-bottom: 0; }
.soft { color: var(--soft); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 0; }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--soft); font-size: .85rem; }
.facts dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.shares { display: grid; grid-template-columns: auto 1fr auto; gap: .35rem .9rem; align-items: center; margin: 0 0 1rem; }
.shares dt, .shares dd { margin: 0; }
.shares dd:nth-child(3n) { text-align: right; font-variant-numeric: tabular-nums; }
meter { width: 100%; height: .6rem; }
.words { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; }
.words li { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .9rem; }
.version { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; margin-bottom: .5rem; }
.state { padding: 0 .55rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8rem; color: var(--soft); }
.live, .gain { color: var(--good); }
.canary { color: var(--accent); }
.refused, .failed-probe, .loss { color: var(--bad); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .5rem; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
footer { color: var(--soft); font-size: .9rem; }
`
