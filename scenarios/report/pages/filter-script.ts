/** Shows the scenarios that were chosen by outcome, family and text. Without it all are shown, and the form is not. */
export const filterScript = `
const form = document.querySelector('#filter')
const stories = [...document.querySelectorAll('.story')].map((element) => ({ element, text: element.querySelector('summary').textContent.toLowerCase() }))
const count = document.querySelector('#shown')
const show = () => {
  const { outcome, family, text } = Object.fromEntries(new FormData(form))
  const words = text.toLowerCase().split(/\\s+/)
  let shown = 0
  for (const { element, text: own } of stories) {
    const fits = (outcome === '' || element.dataset.outcome === outcome) && (family === '' || element.dataset.family === family) && words.every((word) => own.includes(word))
    element.hidden = !fits
    if (fits) shown += 1
  }
  for (const section of document.querySelectorAll('.family')) section.hidden = section.querySelector('.story:not([hidden])') === null
  count.textContent = shown + ' of ' + stories.length
}
form.addEventListener('input', show)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => setTimeout(show))
form.hidden = false
const openTarget = () => {
  const target = location.hash === '' ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)))
  for (let each = target; each !== null; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true
  target?.scrollIntoView()
}
addEventListener('hashchange', openTarget)
openTarget()
show()
`
