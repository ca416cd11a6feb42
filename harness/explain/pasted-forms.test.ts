import { expect, test } from 'vitest'
import { deflate } from '#saml/bindings/deflate'
import { writeSoap } from '#saml/bindings/soap'
import { logoutRequest } from './pasted.test-support.ts'
import { readPresented } from './read-presented.ts'

const posted = Buffer.from(logoutRequest).toString('base64')
const deflated = deflate(logoutRequest).toString('base64')
const fields = { SAMLRequest: posted, RelayState: 'where & next' }
const body = new URLSearchParams(fields).toString()

function one(text: string) {
  const { messages } = readPresented(text)
  expect(messages).toHaveLength(1)
  return messages[0]
}

test.each([
  ['a form body', body, undefined],
  ['a form body with other fields', `csrf=1&${body}&other=2`, undefined],
  [
    'a command',
    `curl 'https://sp.test/acs?a=b' -H 'Cookie: a' --data-raw '${body}' --compressed`,
    'https://sp.test/acs',
  ],
  [
    'the page of a form',
    `<!DOCTYPE html><form method="post" action="https://sp.test/acs?a&amp;b"><input type=hidden name='SAMLRequest' value="${posted.replaceAll('+', '&#43;')}"><input name="csrf" value="1"/><input name="RelayState" value="where &amp; next"></form>`,
    'https://sp.test/acs?a&b',
  ],
  [
    'a part of such a page',
    `<input name="SAMLRequest" value="${posted}"><input value='where &amp; next' name=RelayState>`,
    undefined,
  ],
])('what a form carries is read as a form, with SAML fields only: %s', (_name, text, address) => {
  expect(one(text)).toEqual({ presented: { carrier: 'form', fields, address }, notes: [] })
})

test('parameters without an address are a query where their message is deflated', () => {
  expect(one(`SAMLRequest=${encodeURIComponent(deflated)}`)?.presented.carrier).toBe('query')
  expect(one(`SAMLRequest=${encodeURIComponent(posted)}`)?.presented.carrier).toBe('form')
  expect(one(`?SAMLRequest=${encodeURIComponent(posted)}`)?.presented.carrier).toBe('query')
})

test.each([
  ['as it is posted', posted],
  ['in lines', posted.replace(/.{64}/g, '$&\r\n')],
  ['deflated', deflated],
  ['deflated and percent-encoded', encodeURIComponent(deflated)],
  ['XML', logoutRequest],
  ['XML in a log', `12:00 DEBUG received [${logoutRequest}] from a`],
  ['XML that is HTML-escaped', logoutRequest.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
])('a message alone is a document, however it is written: %s', (_name, text) => {
  expect(one(text)?.presented).toEqual({ carrier: 'document', document: logoutRequest })
})

test('a message is taken out of its SOAP envelope, with the namespaces that it has from there', () => {
  const document = logoutRequest.replace('Z">', 'Z" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">')
  expect(one(writeSoap(logoutRequest))).toEqual({
    presented: { carrier: 'document', document },
    notes: ['took it out of its SOAP envelope'],
  })
})

test('XML with a declaration keeps it', () => {
  const document = `<?xml version="1.0"?>\n${logoutRequest}`
  expect(one(`# ${document}\n`)?.presented).toEqual({ carrier: 'document', document })
})

test('XML with entities is refused in one sentence', () => {
  const text = `<!DOCTYPE a [<!ENTITY b "c">]>${logoutRequest.replace('alice', '&b;')}`
  expect(() => readPresented(text)).toThrow(
    expect.objectContaining({
      code: 'SAML_XML',
      message: 'the document has a DOCTYPE, which no SAML message may have',
    }),
  )
})

test.each([
  ['nothing', ' \n', 'there is no SAML message: nothing was given'],
  [
    'a text',
    'hello, world, this is base64 of nothing',
    'there is no SAML message in it: expected an address, a query, a form, base64, XML, a HAR or an export of SAML-tracer',
  ],
  [
    'an artifact',
    'https://sp.test/acs?SAMLart=AAQAAA',
    'there is no SAML message, only an artifact, which names one and does not hold it',
  ],
])('what holds no message is told in one sentence: %s', (_name, text, message) => {
  expect(() => readPresented(text)).toThrow(expect.objectContaining({ name: 'ConfigError', message }))
})

test('a form with two messages is refused in one sentence', () => {
  expect(() => readPresented(`${body}&SAMLResponse=${posted}`)).toThrow(
    expect.objectContaining({ message: 'the form has two messages, a SAMLRequest and a SAMLResponse: expected one' }),
  )
})
