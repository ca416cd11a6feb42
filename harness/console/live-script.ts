/**
 * Asks for the picture again when there is something new, and puts it where the old one was. Who reads with the keyboard stays where he is; who listens is told how much came. The server writes all of the markup.
 */
export const liveScript = `
const main = document.querySelector('main[data-root]')
const look = document.querySelector('#look')
if (main !== null && look !== null) {
  const { root, query } = main.dataset
  const liveness = document.querySelector('#liveness')
  const news = document.querySelector('#news')
  const say = (text, isLive) => { liveness.textContent = text; liveness.parentElement.classList.toggle('on', isLive) }
  let isAsking = false, isBehind = false
  const ask = async () => {
    if (isAsking) { isBehind = true; return }
    isAsking = true
    try {
      do {
        isBehind = false
        const answer = await fetch(root + 'console/look' + query)
        if (!answer.ok) throw new Error(answer.status)
        put(await answer.text(), Number(answer.headers.get('x-last-entry')))
        await new Promise((resolve) => setTimeout(resolve, 200))
      } while (isBehind)
    } catch { say('the picture could not be had: refresh the page', false) }
    isAsking = false
  }
  const put = (markup, last) => {
    const before = Number(look.dataset.last)
    const focused = look.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    look.innerHTML = markup
    look.dataset.last = last
    const links = [...look.querySelectorAll('.diagram a')]
    const fresh = links.filter((link) => Number(link.querySelector('.seq').textContent) > before)
    for (const link of fresh) link.classList.add('fresh')
    if (focused !== null) [...look.querySelectorAll('a')].find((each) => each.getAttribute('href') === focused)?.focus({ preventScroll: true })
    const refused = fresh.filter((link) => link.parentElement.classList.contains('refused')).length
    if (fresh.length > 0) news.textContent = fresh.length + ' new' + (refused > 0 ? ', ' + refused + ' refused' : '')
  }
  const events = new EventSource(root + 'journal/stream?after=' + look.dataset.last)
  events.onopen = () => say('● live', true)
  events.onmessage = ask
  for (const name of ['gap', 'dropped']) events.addEventListener(name, ask)
  events.onerror = () => say(events.readyState === EventSource.CLOSED ? 'not live: refresh the page' : 'connection lost, trying again', false)
}
`
