type Change = (document: string) => string

const before = (element: RegExp, text: string) => (document: string) => {
  const changed = document.replace(element, (found) => `${text}${found}`)
  if (changed === document) throw new TypeError(`nothing to change at ${element}`)
  return changed
}
const prolog = (text: string): Change => before(/<[a-zA-Z]/, text)
/** Inside, before the role of an entity or behind the Issuer of a message. */
const inside = (text: string): Change => before(/(?<=<\/saml2:Issuer>)|(?=<md:\w+SSODescriptor)/, text)
const entities = (declared: string, used: string): Change => {
  return (document) => prolog(`<!DOCTYPE x [${declared}]>`)(inside(`<y>${used}</y>`)(document))
}
const times = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join('')

const laughs = times(10, (i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)

/** What no reader of ours takes, be it a message or metadata (`spec/security.md` T51, T53 to T55), with the code that it is refused by. */
export const hostileXml: readonly (readonly [name: string, change: Change, code: 'XML' | 'TOO_LARGE'])[] = [
  ['T51: a DOCTYPE', prolog('<!DOCTYPE x>'), 'XML'],
  ['T51: an entity that nobody uses', prolog('<!DOCTYPE x [<!ENTITY y "z">]>'), 'XML'],
  ['T51: a DOCTYPE in small letters', prolog('<!doctype x>'), 'XML'],
  ['T53: a billion laughs', entities(`<!ENTITY l0 "ha">${laughs}`, '&l10;'), 'XML'],
  ['T53: one long entity many times', entities(`<!ENTITY a "${'a'.repeat(50_000)}">`, '&a;'.repeat(9_000)), 'XML'],
  ['T54: 100 000 nested elements', inside('<y>'.repeat(100_000) + '</y>'.repeat(100_000)), 'TOO_LARGE'],
  ['T54: 30 000 nested elements', inside('<y>'.repeat(30_000) + '</y>'.repeat(30_000)), 'TOO_LARGE'],
  ['T54: an element more deeply nested than any', inside('<y>'.repeat(64) + '</y>'.repeat(64)), 'TOO_LARGE'],
  ['T54: 20 000 attributes', inside(`<y ${times(20_000, (i) => ` a${i}=""`)}/>`), 'TOO_LARGE'],
  ['T54: 5 000 namespaces', inside(`<y ${times(5_000, (i) => ` xmlns:a${i}="urn:${i}"`)}/>`), 'TOO_LARGE'],
  ['T55: a second root', (document) => `${document}<x/>`, 'XML'],
  ['T55: text behind the root', (document) => `${document}x`, 'XML'],
  ['T55: text before the root', prolog('x'), 'XML'],
]
