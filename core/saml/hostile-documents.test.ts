import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SamlError } from './errors.ts'
import { NAMESPACE } from './names.ts'
import { readMessage } from './schema/message.ts'
import { canonicalForm, inclusiveForm, parseDom } from './signature/canonical-form.ts'
import { readXml } from './xml/read.ts'

/** Documents that no careful person thinks of: long names, deep and wide trees, every character that is not seen. */

const { protocol, assertion } = NAMESPACE
const message = (extensions: string) =>
  `<p:LogoutRequest xmlns:p="${protocol}" xmlns:s="${assertion}" ID="_a" Version="2.0" IssueInstant="2031-01-01T00:00:00Z"><p:Extensions>${extensions}</p:Extensions><s:NameID>a</s:NameID></p:LogoutRequest>`

const lengths = fc.constantFrom(1, 2, 63, 1_022, 1_023, 30_000)
const counts = fc.constantFrom(1, 2, 60, 500)
const shape = fc.record({
  namespace: lengths,
  prefix: fc.constantFrom('x', '__proto__', 'constructor', 'x'.repeat(200)),
  local: fc.constantFrom('a', 'toString', 'a'.repeat(300)),
  attributes: fc.constantFrom(0, 1, 30),
  declarations: fc.constantFrom(0, 1, 30),
  depth: counts,
  width: counts,
})

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

const times = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i)).join('')

function hostile({ namespace, prefix, local, attributes, declarations, depth, width }: Shape): string {
  const declared = `xmlns:${prefix}="u:${'n'.repeat(namespace)}" ${times(declarations, (i) => `xmlns:d${i}="u:${i}" `)}`
  const name = `${prefix}:${local}`
  const leaf = `<${name} ${times(attributes, (i) => `${prefix}:b${i}="" `)}/>`
  // Where the prefix is not used is where canonicalisation has not written its declaration.
  const opened = `<o:w xmlns:o="u:o" ${declared}>${'<o:w>'.repeat(depth - 1)}`
  return message(`${opened}${leaf.repeat(width)}${'</o:w>'.repeat(depth)}`)
}

function attempt<T>(step: () => T): T | SamlError {
  try {
    return step()
  } catch (error) {
    if (error instanceof SamlError) return error
    throw error
  }
}

test('whatever is accepted is written canonically in proportion to its parts, and what is refused is told in few words', () => {
  const check = (given: Shape) => {
    const document = hostile(given)
    const parsed = attempt(() => {
      readMessage(document)
      return [parseDom(document), parseDom(document)] as const
    })
    if (parsed instanceof SamlError) {
      expect(parsed.message.length).toBeLessThan(1_000)
      return
    }
    const parts = given.depth + given.width * (1 + given.attributes) + 60
    // A declaration names its prefix, too; what stands in the document for each part holds it already.
    const most = 2 * document.length + parts * (1_024 + given.prefix.length + 'xmlns:=""'.length)
    expect(canonicalForm(parsed[0].documentElement, []).length).toBeLessThan(most)
    expect(inclusiveForm(parsed[1].documentElement).length).toBeLessThan(most)
  }
  const longAndWide = {
    namespace: 30_000,
    prefix: 'x',
    local: 'a',
    attributes: 0,
    declarations: 0,
    depth: 1,
    width: 500,
  }
  fc.assert(fc.property(shape, check), { numRuns: 60, examples: [[longAndWide]] })
})

const unseen = Array.from({ length: 0x11_0000 }, (_, code) => code).filter(
  (code) =>
    (code < 0xd800 || code > 0xdfff) &&
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\uFFFE\uFFFF]/u.test(String.fromCodePoint(code)),
)
// XML 1.0 §2.2
const mayStand = (character: string) => /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character)

test('every control and format character is read as it stands, or refused', () => {
  expect(unseen.length).toBeGreaterThan(200)
  for (const code of unseen) {
    const character = String.fromCodePoint(code)
    const root = attempt(() => readXml(`<a>x${character}y</a>`))
    if (root instanceof SamlError) expect([mayStand(character), root.code]).toEqual([false, 'SAML_XML'])
    else expect([mayStand(character), root.text]).toEqual([true, `x${character === '\r' ? '\n' : character}y`])
  }
})

test('no control or format character in a name, a declaration or an address is anything but read or refused', () => {
  for (const code of unseen) {
    const c = String.fromCodePoint(code)
    for (const document of [
      `<a${c}b/>`,
      `<a b${c}="c"/>`,
      `<a xmlns:x="u:${c}"/>`,
      `<a xmlns="u:${c}"><b/></a>`,
      `<?xml version="1.0"${c}?><a/>`,
      `${c}<a/>`,
      message(`<e:a xmlns:e="u:e" e:b="${c}"/>`).replace('Version', `Destination="u:${c}" Version`),
    ]) {
      const outcome = attempt(() => readMessage(document))
      if (outcome instanceof SamlError) expect(outcome.code).toMatch(/^SAML_(XML|SCHEMA|ENCODING)$/)
      else expect(attempt(() => canonicalForm(parseDom(document).documentElement, []))).not.toBe('')
    }
  }
})
