/** The one stylesheet of what sloop says of itself, in the page so that a page is a single answer; the content security policy knows it by its hash. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2530; --quiet: #566474; --paper: #f4f6f9; --card: #fff; --sunk: #eef2f6; --line: #d9e0e8; --accent: #14607f; --get: #14607f; --write: #7a4a00; --end: #a32c1e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4eaf1; --quiet: #a0adbc; --paper: #12171d; --card: #1a2129; --sunk: #222b35; --line: #33404d; --accent: #74c3e6; --get: #74c3e6; --write: #f0b35a; --end: #ff9d8f }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--accent) }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card) }
.masthead { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; padding: .9rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line) }
.masthead strong { font-size: 1.05rem }
.quiet { color: var(--quiet); font-size: .9rem }
.beside { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2rem; max-width: 84rem; margin: 0 auto; padding: 0 1.5rem }
.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 0; font-size: .9rem }
.contents h2 { margin: 0 0 .5rem; font-size: 1rem }
.contents ul { margin: 0 0 .75rem; padding: 0; list-style: none }
.contents a { display: block; padding: .1rem 0; text-decoration: none }
.contents a:hover { text-decoration: underline }
main { min-width: 0; padding: 1.5rem 0 4rem }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.25 }
h2 { margin: 2.5rem 0 1rem; font-size: 1.3rem }
h3 { margin: 0 0 .35rem; font-size: 1.1rem }
h4 { margin: 1.1rem 0 .3rem; color: var(--quiet); font-size: .85rem; font-weight: 600 }
p { margin: 0 0 .75rem; max-width: 46rem }
section > :last-child { margin-bottom: 0 }
.card { margin: 0 0 1.25rem; padding: 1.1rem 1.35rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem }
code, pre, .call { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85rem }
pre { margin: 0; padding: .7rem .9rem; background: var(--sunk); border-radius: .4rem; white-space: pre-wrap }
.call { margin: 0 0 .6rem }
.method { display: inline-block; margin-right: .35rem; padding: 0 .45rem; border: 1px solid currentcolor; border-radius: .3rem; font-weight: 700; color: var(--write) }
.method.GET { color: var(--get) }
.method.DELETE { color: var(--end) }
table { width: 100%; border-collapse: collapse; font-size: .92rem }
th, td { padding: .4rem .9rem .4rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: baseline; font-weight: 400 }
.fields { table-layout: fixed }
.fields th:nth-child(1) { width: 28% }
.fields th:nth-child(2) { width: 28% }
.fields th:nth-child(3) { width: 6.5rem }
thead th { border: 0; color: var(--quiet); font-size: .85rem }
@media (max-width: 60rem) {
  .beside { display: block; padding: 0 1rem }
  .contents { position: static; max-height: none; padding-bottom: 0; columns: 13rem; column-gap: 1.5rem }
  .contents h2 { column-span: all }
  .contents > div { break-inside: avoid }
}
@media (max-width: 40rem) {
  .masthead { padding: .9rem 1rem }
  .card { padding: .9rem 1rem 1rem }
  thead { position: absolute; clip-path: inset(50%) }
  table, tbody, tr, th, td { display: block }
  tr { padding: .5rem 0; border-top: 1px solid var(--line) }
  th, td, .fields th:nth-child(n) { width: auto; padding: 0; border: 0 }
  td[data-column]::before { content: attr(data-column) ": "; color: var(--quiet) }
}
`
