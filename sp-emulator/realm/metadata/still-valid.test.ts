import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { signedLogin } from '../test-logins.test-support.ts'
import { logoutQuery, noon, testRealm } from '../test-realm.test-support.ts'

test('T82: metadata is used until the last millisecond of its time', async () => {
  const { realm, clock } = testRealm({}, { validUntil: noon + 1_000 })
  clock.set(noon + 999)
  expect((await realm.authenticate(await signedLogin(), ['_login1'])).principal.username).toBe('alice')
})

test('T82: expired metadata is none, for a login and for a logout', async () => {
  const { realm, clock } = testRealm({}, { validUntil: noon + 1_000 })
  clock.set(noon + 1_000)
  const expired = refusal(
    'SAML_METADATA',
    'the metadata of [https://idp.test/] was valid until [2031-05-04T12:00:01.000Z]',
  )
  await expect(realm.authenticate(await signedLogin(), ['_login1'])).rejects.toThrow(expired)
  expect(() => realm.acceptLogoutRequest(logoutQuery())).toThrow(expired)
})
