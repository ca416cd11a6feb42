import { expect, test } from 'vitest'
import type { AuthnRequest } from '#saml/messages/authn-request'
import { parseResponse } from '#saml/messages/response'
import { BINDING, STATUS } from '#saml/names'
import { findButton } from '../browser.test-support.ts'
import { makeSp, readSentForm } from '../sp.test-support.ts'
import { makeWorld } from '../world.test-support.ts'

const byPost = (name: string, index: number) => ({
  binding: BINDING.post,
  location: `https://shop.test/${name}`,
  index,
})
const shop = await makeSp('shop', {
  assertionConsumerServices: [
    byPost('first', 1),
    { ...byPost('usual', 2), isDefault: true },
    { binding: BINDING.artifact, location: 'https://shop.test/artifact', index: 3 },
  ],
})
const excludes = 'an AssertionConsumerServiceIndex excludes an AssertionConsumerServiceURL and a ProtocolBinding'
const byArtifact = `the answer is wanted by ${BINDING.artifact}, which is not offered`
const { requester, responder, unsupportedBinding } = STATUS

/** The signed refusal that goes to the service provider. */
async function answerTo(given: Partial<AuthnRequest>) {
  const { browser, idp, key } = await makeWorld()
  idp.trust(shop.metadata)
  const request = shop.authnRequest(given)
  const page = await browser.open(await shop.redirect(request))
  const { address, root } = readSentForm(findButton(page, 'Continue').form, key)
  const { status, inResponseTo, ...response } = parseResponse(root)
  expect([inResponseTo, response.assertionElements]).toEqual([request.id, []])
  return { address, status }
}

test.each<[string, Partial<AuthnRequest>, readonly string[], string]>([
  ['an index that nothing has', { acsIndex: 9 }, [requester], 'no AssertionConsumerService has the index 9'],
  ['an index and a URL', { acsIndex: 2, acsUrl: 'https://shop.test/usual' }, [requester], excludes],
  ['an index and a binding', { acsIndex: 2, protocolBinding: BINDING.post }, [requester], excludes],
  ['an answer by artifact', { protocolBinding: BINDING.artifact }, [responder, unsupportedBinding], byArtifact],
  ['the index of an artifact', { acsIndex: 3 }, [responder, unsupportedBinding], byArtifact],
  ['the URL of an artifact', { acsUrl: 'https://shop.test/artifact' }, [responder, unsupportedBinding], byArtifact],
])('who asks for %s is told so at the default AssertionConsumerService', async (_case, given, codes, message) => {
  expect(await answerTo(given)).toEqual({ address: 'https://shop.test/usual', status: { codes, message } })
})
