import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeSchema, judgeSchemas } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { validDocuments } from './documents.test-support.ts'
import { readMessage } from './message.ts'
import { mutationsOf } from './mutations.test-support.ts'

// The parameters of an encryption may come from a schema that is not at hand (xenc11:MGF); they are judged when they are used.
const foreignParameter = /<(EncryptionMethod|DataReference)[^>]*>(?:(?!<\/\1>).)*<(?:x|Unknown|InclusiveNamespaces) /

function accepts(document: string): boolean {
  try {
    readMessage(document)
    return true
  } catch {
    return false
  }
}

test.each(Object.entries(validDocuments))(
  'we accept what xmllint accepts: %s and small changes of it',
  async (name, valid) => {
    const changed = fc.sample(mutationsOf(valid), { numRuns: 200, seed: 2005 })
    const documents = [valid, ...changed].filter((document) => !foreignParameter.test(document))
    const verdicts = await judgeSchemas(documents, 'protocol')
    expect(verdicts[0], name).toBe(true)
    expect(documents.filter((document, index) => accepts(document) !== verdicts[index])).toEqual([])
  },
)

const request = validDocuments.LogoutRequest
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

test('we accept what xmllint accepts: a name that says its type', async () => {
  const typed = `<saml:NameID ${xsi} xsi:type="saml:NameIDType" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"`
  const document = request.replace('<saml:NameID', typed)
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  expect(accepts(document)).toBe(true)
})

test.each([
  [
    'a processing instruction',
    request.replace('alice', 'ali<?x y?>ce'),
    'SAML_XML',
    'the document has a processing instruction [x]',
  ],
  ['a DOCTYPE', `<!DOCTYPE x>${request}`, 'SAML_XML', 'the document has a DOCTYPE, which no SAML message may have'],
  [
    'a comment in a signature',
    request.replace('AAAA', 'AA<!-- -->AA'),
    'SAML_XML',
    'the signature has a comment in it',
  ],
  [
    'an identifier that is equal to one in foreign content',
    request.replace('xmlns="urn:x"', 'xmlns="urn:x" id="_1"'),
    'SAML_XML',
    'the identifier [_1] occurs twice',
  ],
  [
    'a hint where to find a schema',
    request.replace('ID=', `${xsi} xsi:schemaLocation="urn:x http://x.test/" ID=`),
    'SAML_SCHEMA',
    'samlp:LogoutRequest may not have the attribute schemaLocation',
  ],
] as const)('on purpose we refuse what xmllint accepts: %s', async (_case, document, code, message) => {
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  expect(() => readMessage(document)).toThrow(refusal(code, message))
})
