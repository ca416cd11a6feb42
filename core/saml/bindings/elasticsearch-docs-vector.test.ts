import { expect, test } from 'vitest'
import { idpKeys } from '../credentials.test-support.ts'
import { parseLogoutRequest } from '../messages/logout-request.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { lenientPolicy } from '../signature/policy.ts'
import { verifyQuerySignature } from '../signature/query-signature.ts'
import vector from './elasticsearch-docs-invalidate.vector.json' with { type: 'json' }
import { readRedirect } from './redirect.ts'

const message = readRedirect(vector.query_string)

test('the query string in the documentation of Elasticsearch inflates to its LogoutRequest', () => {
  expect(message.kind).toBe('SAMLRequest')
  expect(message.document.toString()).toBe(vector.inflated_xml)
})

test('the LogoutRequest in the documentation of Elasticsearch says who, where and when', () => {
  expect(parseLogoutRequest(readMessage(message.document))).toMatchObject({
    issuer: vector.facts.issuer,
    destination: vector.facts.destination,
    id: vector.facts.id,
    issueInstant: Date.parse(vector.facts.issue_instant),
    nameId: { value: vector.facts.name_id, format: undefined },
    sessionIndexes: [],
  })
})

test('its signature is of 1024 bits over all that stands before it, and no other key verifies it', () => {
  const { signature } = message
  if (signature.kind !== 'signed') throw new TypeError('the vector is signed')
  expect(signature).toMatchObject({ algorithm: vector.sig_alg, value: { length: vector.signature_bytes } })
  expect(Buffer.from(signature.octets).toString()).toBe(vector.query_string.replace(/&Signature=.*$/, ''))
  expect(() => verifyQuerySignature(signature, idpKeys, lenientPolicy)).toThrow(
    refusal('SAML_SIGNATURE', 'the signature does not verify with any of 1 trusted keys'),
  )
})
