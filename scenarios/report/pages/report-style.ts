/** What a report looks like, beside what every page of sloop does and its diagrams. */
export const reportStyle = `
.report { max-width: 84rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem }
.report h2 { margin: 2rem 0 .75rem }
.report h3 { margin: 1.25rem 0 .4rem; color: var(--quiet); font-size: .9rem; font-weight: 600 }
.totals { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; font-weight: 600 }
.held { color: var(--good) }
.differs { color: var(--bad) }
.notRun { color: var(--quiet) }
#filter:not([hidden]) { display: flex; flex-wrap: wrap; gap: .6rem 1.25rem; align-items: center; position: sticky; top: 0; z-index: 2; padding: .6rem 0; background: var(--paper); font-size: .9rem }
#filter select, #filter input, #filter button { padding: .3rem .5rem; border: 1px solid var(--quiet); border-radius: .4rem; background: var(--card); color: var(--ink); font: inherit }
#filter :is(select, input, button):focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.story.card { margin: 0 0 .6rem; padding: 0; border-left: .3rem solid var(--line); color: var(--ink); content-visibility: auto; contain-intrinsic-size: auto 3.4rem; scroll-margin-top: 4rem }
.story.held { border-left-color: var(--good) }
.story.differs { border-left-color: var(--bad) }
.story > summary { padding: .7rem 1.1rem; cursor: pointer }
.story > :not(summary) { margin-left: 1.25rem; margin-right: 1.25rem }
.story[open] { padding-bottom: 1.25rem }
.story[open] > summary { margin-bottom: .5rem; border-bottom: 1px solid var(--line) }
.mark { margin-right: .5rem; font-size: .85rem; font-weight: 700; white-space: nowrap }
.lie { padding: .1rem .5rem; border: 1px solid currentcolor; border-radius: 1rem; color: var(--fault) }
.problem { margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--bad); border-radius: .5rem }
.problem h3 { margin: 0 0 .3rem; color: var(--bad) }
.problem ul { margin: 0; padding-left: 1.2rem; white-space: pre-wrap }
.tale { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.5rem }
.tale ol { margin: 0 0 .75rem; padding-left: 1.4rem }
.tale dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1.25rem; margin: 0 }
.tale dt { color: var(--quiet) }
.tale dd { margin: 0 }
.tale pre { max-height: 14rem; overflow-y: auto }
.alive, .good { color: var(--good) }
.dead { color: var(--quiet) }
.bad { color: var(--bad) }
.wire { border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; padding-bottom: .4rem }
.wire .diagram .lanes { position: static }
.messages { margin-top: .75rem }
.messages > details { border-top: 1px solid var(--line); scroll-margin-top: 4rem }
.messages summary { padding: .3rem 0; cursor: pointer }
.messages > details:target > summary { background: var(--sunk) }
.address { max-width: none; font: .8rem ui-monospace, Menlo, Consolas, monospace; color: var(--quiet) }
.x-tag { color: var(--accent) }
.x-name { color: var(--fault) }
.x-value { color: var(--good) }
.x-other { color: var(--quiet) }
figure { margin: 0 0 1rem }
figure img { max-width: min(100%, 40rem); border: 1px solid var(--line); border-radius: .4rem }
@media (max-width: 60rem) { .tale { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 40rem) { .report { padding: 1rem .75rem 2rem } .story > :not(summary) { margin-left: .75rem; margin-right: .75rem } }
@media print { #filter { display: none } }
`
