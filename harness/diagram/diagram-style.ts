import { mostLanes } from './lanes.ts'

const numbers = [...Array(mostLanes + 1).keys()]

/** Where something stands is said by classes: a policy without inline styles allows no other way. */
const places = numbers
  .map((n) => `.lanes-${n} { --lanes: ${n} } .at-${n} { --at: ${n} } .over-${n} { --over: ${n} }`)
  .join('\n')

/** The looks of a sequence diagram; colours are those of the page that it stands on. */
export const diagramStyle = `
${places}
:root { --good: #1b7340; --bad: #b3261e; --fault: #8a4b00; --lane: #c6d0db }
@media (prefers-color-scheme: dark) { :root { --good: #5fc489; --bad: #ff8f80; --fault: #f0b35a; --lane: #3c4a59 } }
.diagram { --seq: 3.2rem; --says: 15rem; font-size: .88rem; line-height: 1.35 }
.diagram .lanes { display: grid; grid-template-columns: repeat(var(--lanes), minmax(0, 1fr)); margin: 0 var(--says) 0 var(--seq); position: sticky; top: 0; z-index: 1; background: var(--card); border-bottom: 1px solid var(--line) }
.diagram .lanes > div { padding: .45rem .25rem; text-align: center; min-width: 0 }
.diagram .lanes small { display: block; color: var(--quiet); font-size: .75rem }
.diagram ol { margin: 0; padding: 0; list-style: none }
.diagram li { content-visibility: auto; contain-intrinsic-size: auto 2.9rem }
.diagram li > * { display: grid; grid-template-columns: var(--seq) minmax(0, 1fr) var(--says); color: inherit; text-decoration: none }
.diagram li > a:hover, .diagram li > a:focus-visible { background-color: var(--sunk) }
.diagram .seq { align-self: center; padding-left: .5rem; color: var(--quiet); font-variant-numeric: tabular-nums; font-size: .8rem }
.diagram .track { display: block; padding: .3rem 0; background: linear-gradient(to right, transparent calc(50% - .5px), var(--lane) 0 calc(50% + .5px), transparent 0) 0 0 / calc(100% / var(--lanes)) 100% }
.diagram .label { display: block; width: calc(max(var(--over), 1) * 100% / var(--lanes)); margin-left: calc((var(--at) + .5) * 100% / var(--lanes)); padding: 0 .4rem; text-align: center; text-wrap: balance }
.diagram .label b { font-weight: 600 }
.diagram .label small { color: var(--quiet); font-size: .78rem }
.diagram .label b, .diagram .label small { background: var(--card); box-shadow: 0 0 0 2px var(--card) }
.diagram a:hover :is(b, small), .diagram a:focus-visible :is(b, small) { background: none; box-shadow: none }
.diagram .over-0 .label { margin-left: calc(max(0, var(--at) - .5) * 100% / var(--lanes)); width: calc(min(2, var(--lanes) - var(--at) + .5, var(--at) + 1.5) * 100% / var(--lanes)) }
.diagram .track::after { content: ""; display: block; height: 9px; margin: .1rem 0 0 calc((var(--at) + .5) * 100% / var(--lanes)); width: calc(var(--over) * 100% / var(--lanes)); background: currentcolor; color: var(--quiet) }
.diagram .to-right::after { clip-path: polygon(0 3.5px, calc(100% - 8px) 3.5px, calc(100% - 8px) 0, 100% 4.5px, calc(100% - 8px) 9px, calc(100% - 8px) 5.5px, 0 5.5px) }
.diagram .to-left::after { clip-path: polygon(100% 3.5px, 8px 3.5px, 8px 0, 0 4.5px, 8px 9px, 8px 5.5px, 100% 5.5px) }
.diagram .accepted .track::after { color: var(--good) }
.diagram .refused .track::after { color: var(--bad) }
.diagram .says { align-self: center; padding: .3rem .5rem }
.diagram .says b { font-weight: 600; color: var(--quiet) }
.diagram .accepted .says b { color: var(--good) }
.diagram .refused .says b { color: var(--bad) }
.diagram .says code { font-size: .8rem }
.diagram .says small { display: block; font-size: .8rem }
.diagram .says em { display: block; font-style: normal; font-weight: 600; color: var(--fault) }
.diagram .thin { font-size: .8rem }
.diagram .thin .label b { font-weight: 400; color: var(--quiet); font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .75rem }
.diagram .thin .track { padding: .1rem 0 }
.diagram .thin .track::after { opacity: .7 }
.diagram .ended .label b, .diagram .fault .label b, .diagram .reset .label b { display: inline-block; padding: .05rem .55rem; border: 1px solid var(--lane); border-radius: 1rem; background: var(--sunk); box-shadow: none }
.diagram .fault .label b { color: var(--fault); border-color: currentcolor }
.diagram .ended .track::after, .diagram .fault .track::after, .diagram .reset .track::after { display: none }
.diagram .self::after { width: 9px; margin-left: calc((var(--at) + .5) * 100% / var(--lanes) - 4.5px); border-radius: 50% }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 60rem) { .diagram { --says: 10rem } }
@media (max-width: 44rem) {
  .diagram { --seq: 0rem; --says: 0rem }
  .diagram .lanes b { font-size: .8rem }
  .diagram .lanes small { display: none }
  .diagram li > * { display: block; padding-bottom: .4rem; border-bottom: 1px solid var(--line) }
  .diagram .seq { float: left; padding: .35rem .5rem 0 0 }
  .diagram .label, .diagram .over-0 .label { margin: 0; width: auto; text-align: left }
  .diagram .says { display: block; padding: 0 }
  .diagram .unjudged .says:not(:has(em)) { display: none }
  .diagram .says small, .diagram .says em { display: inline }
}
`
