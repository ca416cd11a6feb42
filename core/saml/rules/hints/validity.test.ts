import { expect, test } from 'vitest'
import { readMessage } from '../../schema/message.ts'
import { hintForValidity } from './validity.ts'

const response = (attributes: string) =>
  `<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ${attributes} Version="2.0" IssueInstant="2031-05-04T12:00:00Z"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>`

test.each([
  ['ID="4fee3b04-6f5c-4d4a"', 'with an underscore in front of its ID: an ID begins with a letter or an underscore'],
  [
    'ID="_1" InResponseTo="4fee"',
    'with an underscore in front of its InResponseTo: an ID begins with a letter or an underscore',
  ],
  [
    'ID="_1" InResponseTo="{InResponseTo}"',
    'with its InResponseTo filled in: it is a placeholder that nobody filled in: [{InResponseTo}]',
  ],
])('what the schemas refuse of a name is told: %s', (attributes, hint) => {
  expect(() => readMessage(response(attributes))).toThrow(expect.objectContaining({ code: 'SAML_SCHEMA' }))
  expect(hintForValidity(response(attributes))).toBe(`it is valid ${hint}`)
})

test.each([
  ['what is valid', response('ID="_1"')],
  ['what is wrong elsewhere too', response('ID="1" Version="3"')],
  ['what is no message', '<a ID="1"/>'],
  ['what is no XML', '<a'],
  ['what is very long', `${response('ID="1"')}${' '.repeat(65_536)}`],
])('nothing is said of %s', (_what, document) => {
  expect(hintForValidity(document)).toBeUndefined()
})
