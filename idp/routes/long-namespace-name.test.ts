import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { NAMESPACE } from '#saml/names'
import { idpOrigin } from '../sp.test-support.ts'
import { makeWorld } from '../world.test-support.ts'

/** The request of `cases/robustness.md` X1: 129 kB in a query of some 500 octets, in which 4 800 elements share a name of 100 kB. */
const document = `<p:LogoutRequest xmlns:p="${NAMESPACE.protocol}" xmlns:s="${NAMESPACE.assertion}" ID="_a" Version="2.0" IssueInstant="2031-01-01T00:00:00Z"><p:Extensions xmlns:x="u:${'x'.repeat(100_000)}">${'<x:a/>'.repeat(4_800)}</p:Extensions><s:NameID>a</s:NameID></p:LogoutRequest>`
const deflated = deflateRawSync(document).toString('base64')

const refused = (page: { status: number; text: string; location: string }) => {
  expect([page.status, page.location]).toEqual([400, ''])
  expect(page.text).toContain('the document has more than 1024 characters in a namespace name')
  expect(page.text).toContain('SAML_TOO_LARGE')
}

test('a logout that anybody may ask for cannot make a text of a long namespace name times many elements', async () => {
  const { browser, log } = await makeWorld()
  const query = `SAMLRequest=${encodeURIComponent(deflated)}`
  expect(query.length).toBeLessThan(600)
  refused(await browser.open(`${idpOrigin}/slo?${query}`))
  expect(log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', 'SAML_TOO_LARGE']])
})

test('nor can a login by POST', async () => {
  const { browser, log } = await makeWorld()
  refused(await browser.post('/sso', { SAMLRequest: Buffer.from(document).toString('base64') }))
  expect(log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', 'SAML_TOO_LARGE']])
})
