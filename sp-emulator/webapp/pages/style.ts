/** The one stylesheet, in the page itself so that a page is a single answer; the content security policy knows it by its hash. */
export const style = `
:root { color-scheme: light dark; --ink: #1d1b33; --paper: #f4f3fa; --card: #fff; --line: #dcdaea; --accent: #4b3fc4; --quiet: #5d5a78; --bad: #a32c1e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e7f4; --paper: #13121f; --card: #1c1b2c; --line: #34324b; --accent: #a9a1ff; --quiet: #a5a2c0; --bad: #ff9d8f }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
header { background: #2f2a72; color: #fff; padding: .9rem 1.5rem; display: flex; align-items: center; gap: .75rem; font-weight: 600 }
header::before { content: ""; width: 1.1rem; height: 1.1rem; border-radius: .25rem; background: linear-gradient(135deg, #f7c948 50%, #ff7d6b 50%) }
main { max-width: 52rem; margin: 3rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25 }
main.failed { border-top: 4px solid var(--bad) }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
.quiet { color: var(--quiet); font-size: .9rem }
table { width: 100%; border-collapse: collapse; margin: 1.25rem 0 1.75rem }
th, td { text-align: left; vertical-align: baseline; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line) }
th { width: 20rem; font-size: .9rem; font-weight: 500; color: var(--quiet) }
th, td { overflow-wrap: anywhere }
@media (max-width: 48rem) {
  main { margin: 1rem auto; padding: 1.25rem }
  th { width: 42% }
  td { font-size: .9rem }
}
a.button, button { display: inline-block; padding: .6rem 1.25rem; border-radius: .5rem; background: var(--accent); color: var(--card); font-weight: 600; text-decoration: none; border: 0; font-size: 1rem; font-family: inherit; cursor: pointer }
a.button:hover, button:hover { filter: brightness(1.1) }
a.button:focus-visible, button:focus-visible { outline: 3px solid #f7c948; outline-offset: 2px }
form { margin: 0 0 1rem }
label { display: block; margin: 0 0 .75rem; color: var(--quiet); font-size: .9rem }
input:not([type=hidden]) { display: block; width: 100%; margin-top: .25rem; padding: .55rem .75rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .5rem }
`
