/** What the console looks like, beside what every page of sloop does. */
export const consoleStyle = `
.masthead nav { display: flex; gap: 1rem; margin-left: auto; font-size: .9rem }
.masthead nav a[aria-current] { color: inherit; font-weight: 600; text-decoration: none }
.console { max-width: 100rem; margin: 0 auto; padding: 1rem 1.5rem 3rem }
.demos { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1rem }
button, .button { display: inline-block; padding: .35rem .9rem; border: 1px solid var(--accent); border-radius: .45rem; background: none; color: var(--accent); font: inherit; font-size: .92rem; font-weight: 600; text-decoration: none; cursor: pointer }
.demos form:first-child button, button:hover, .button:hover { background: var(--accent); color: var(--card) }
button:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.bar { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: space-between; margin: 0 0 1rem }
.filter { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center; font-size: .9rem }
.filter label { color: var(--quiet) }
input, select, textarea { max-width: 100%; padding: .3rem .5rem; border: 1px solid var(--quiet); border-radius: .4rem; background: var(--card); color: var(--ink); font: inherit }
.filter select { max-width: 12rem }
.live { display: flex; gap: .75rem; align-items: center; margin: 0; font-size: .9rem; color: var(--quiet) }
.live.on { color: var(--good) }
.problem { max-width: none; padding: .6rem 1rem; border: 1px solid var(--bad); border-radius: .5rem; color: var(--bad); background: var(--card) }
.watch { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 1.25rem; align-items: start }
.watch h2 { margin: 0 0 .6rem; font-size: 1.05rem }
.watch aside { font-size: .88rem }
.watch aside .card { padding: .9rem 1.1rem }
.watch > .card { padding: 1rem 1rem 1rem }
.plain { margin: 0; padding: 0; list-style: none }
.plain > li { padding: .4rem 0; border-top: 1px solid var(--line) }
.plain > li:first-child { border: 0 }
.plain ul { margin: .15rem 0 0; padding: 0 0 0 .9rem; list-style: none }
.id { color: var(--quiet); font-size: .78rem }
.alive { color: var(--good); font-weight: 600 }
.dead { color: var(--quiet) }
.empty { padding: 1rem 0 }
.downloads { margin: 1rem 0 0; font-size: .9rem; color: var(--quiet) }
.fresh { animation: arrive 1.2s ease-out }
@keyframes arrive { from { background: var(--sunk) } }
@media (prefers-reduced-motion: reduce) { .fresh { animation: none } }
.field { margin: 0 0 .9rem }
.field label { display: block }
.field input, .field select { width: 100%; max-width: 40rem }
.fields-of details { margin: 0 0 1rem }
.fields-of summary { cursor: pointer }
.keys { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .25rem 1.25rem; margin: .75rem 0 0; align-items: start }
.field small { display: block; font-size: .85rem }
[aria-invalid] { border-color: var(--bad) }
textarea { display: block; width: 100%; margin: .4rem 0 .75rem; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85rem }
.contents a[aria-current] { color: inherit; font-weight: 600 }
.detail h2 { margin: 0 0 .75rem; font-size: 1.1rem }
.detail dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.25rem; margin: 0 }
.detail dt { color: var(--quiet) }
.detail dd { margin: 0 }
.good { color: var(--good) }
.bad { color: var(--bad) }
.detail table { margin: 0 0 1rem }
.detail td p { margin: .25rem 0 0 }
.detail summary { cursor: pointer }
.problem p { max-width: none }
.problem > :last-child { margin: 0 }
.pages { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 0 0 1rem }
.x-tag { color: var(--accent) }
.x-name { color: var(--fault) }
.x-value { color: var(--good) }
.x-other { color: var(--quiet) }
pre { overflow-x: auto }
@media (max-width: 64rem) { .watch { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 40rem) {
  .masthead nav { margin-left: 0 }
  .console { padding: 1rem .75rem 2rem }
  .contents { columns: 9rem }
  .demos button { width: 100% }
  .demos form { flex: 1 1 100% }
  .watch > .card { padding: .75rem .6rem }
  .detail h2 { margin: 0 0 .75rem; font-size: 1.1rem }
.detail dl { grid-template-columns: minmax(0, 1fr) }
  .detail dd { margin: 0 0 .4rem }
}
`
