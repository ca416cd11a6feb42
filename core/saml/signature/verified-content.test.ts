import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SamlError } from '../errors.ts'
import { canonicalForm, parseDom } from './canonical-form.ts'
import { assertingResponse, receiveAssertions, signatureOf, unsigned } from './signed-documents.test-support.ts'

/** Property: whatever a verifier returns stands in the bytes that the signature covers. */

const [written = ''] = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(unsigned(assertingResponse)) ?? []
const dom = parseDom(assertingResponse.replace(signatureOf(assertingResponse), ''))
const element = dom.getElementsByTagName('saml2:Assertion')[0]
const references: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#xD': '\r' }
const canonical = (element === undefined ? '' : canonicalForm(element, [])).replace(
  /&([^;]+);/g,
  (_reference, name: string) => references[name] ?? '',
)
const genuine = receiveAssertions(assertingResponse)

/** Places between two tags, where something can be put without breaking the rest. */
const seams = [...assertingResponse.matchAll(/(?<=>)(?=[<\w])/g)].map(({ index }) => index)
const evilName = '<saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">mallory</saml2:NameID>'
const evilAssertion = written.replace(/(<saml2:NameID[^>]*>)[^<]*/, '$1mallory')

const insertion = fc.record({
  at: fc.constantFrom(...seams),
  content: fc.constantFrom(
    '<!-- mallory -->',
    'mallory',
    '<![CDATA[mallory]]>',
    '<?mallory?>',
    '&#109;allory',
    ' ',
    '\n',
    evilName,
    evilAssertion,
    evilAssertion.replace('ID="_a"', 'ID="_evil"'),
    signatureOf(assertingResponse),
    '<x xmlns="urn:x">mallory</x>',
    `<saml2p:Extensions>${evilAssertion.replace('ID="_a"', 'ID="_evil"')}</saml2p:Extensions>`,
  ),
})

const apply = (insertions: readonly { at: number; content: string }[]) =>
  [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce((xml, { at, content }) => xml.slice(0, at) + content + xml.slice(at), assertingResponse)

function judge(document: string): ReturnType<typeof receiveAssertions> | 'refused' {
  try {
    return receiveAssertions(document)
  } catch (error) {
    if (error instanceof SamlError) return 'refused'
    throw error
  }
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

test('what is put into a signed Response at any place is refused or never read: all that is returned was signed', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(insertion, { minLength: 1, maxLength: 2 }), (insertions) => {
      const outcome = judge(apply(insertions))
      if (outcome === 'refused') return
      accepted += 1
      for (const text of stringsIn(outcome)) expect(canonical).toContain(text)
      expect(outcome).toEqual(genuine)
    }),
    { numRuns: 300 },
  )
  expect(accepted).toBeGreaterThan(0)
})
