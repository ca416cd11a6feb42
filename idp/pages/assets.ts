/** The stylesheet of every page. */
export const stylesheet = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #f3f5f8; --card: #fff; --line: #dde2ea; --accent: #1f6f5c; --good: #1b7340; --bad: #a8321f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #9aa6b6; --paper: #14181e; --card: #1d232b; --line: #323b47; --accent: #3da58c; --good: #5fc489; --bad: #f08a75; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; gap: .75rem; align-items: center; padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--card); }
header a { color: inherit; font-weight: 600; text-decoration: none; }
.tag { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); font-size: .8rem; }
main { max-width: 52rem; margin: 2rem auto; padding: 1.5rem 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
a { color: var(--accent); }
code { font-size: .85em; overflow-wrap: anywhere; }
small { display: block; color: var(--soft); overflow-wrap: anywhere; }
.hint { color: var(--soft); font-size: .9rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.waiting { color: var(--soft); }
.choices { display: flex; flex-wrap: wrap; gap: .75rem; }
button { padding: .55rem 1.1rem; border: 1px solid var(--accent); border-radius: .5rem; background: none; color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover, button.primary { background: var(--accent); color: var(--card); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; }
caption { padding-bottom: .5rem; color: var(--soft); text-align: left; }
th, td { padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
iframe { width: 100%; height: 5.5rem; border: 1px dashed var(--line); border-radius: .5rem; background: none; }
body[data-leg] { padding: 0 .75rem; overflow-wrap: anywhere; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0 0 .75rem; }
@media (max-width: 40rem) {
header { padding: 1rem; }
main { margin: 0; padding: 1.25rem 1rem; border-width: 0 0 1px; border-radius: 0; }
thead { position: absolute; clip-path: inset(50%); }
table, caption, tbody, tr, th, td { display: block; }
tr { padding: .6rem 0; border-top: 1px solid var(--line); }
th, td { padding: .1rem 0; border: 0; overflow-wrap: anywhere; }
td::before { content: attr(data-column); display: block; color: var(--soft); font-size: .85rem; }
}
`

/** Submits the form that carries a message. */
export const submitScript = 'document.forms[0].submit()\n'

/** Goes on as soon as every frame has come back to a page of ours, where the page would otherwise wait for its time. A foreign frame has no document to see. */
export const framesScript = `
const next = document.querySelector('meta[http-equiv=refresh]')?.content.split(';url=')[1]
const frames = [...document.querySelectorAll('iframe')]
const isBack = (frame) => frame.contentDocument?.querySelector('[data-leg]') != null
const look = () => { if (next && frames.length > 0 && frames.every(isBack)) location.replace(next) }
for (const frame of frames) frame.addEventListener('load', look)
look()
`
