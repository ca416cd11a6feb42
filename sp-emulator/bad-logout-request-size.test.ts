import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { carry, logoutRequest, signed } from './realm/test-realm.test-support.ts'

/** Signed messages that cost more than they are worth. */

const hidden = (content: string) =>
  signed(
    carry(
      logoutRequest().replace(
        '</saml2:Issuer>',
        `$&<saml2p:Extensions><x xmlns="urn:x">${content}</x></saml2p:Extensions>`,
      ),
    ),
  )
const numbered = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i)).join('')
const withEntities = (entities: string, use: string) =>
  signed(
    carry(
      logoutRequest({ nameId: { value: '@' } })
        .replace('?>', `?><!DOCTYPE x [${entities}]>`)
        .replace('@', use),
    ),
  )

const laughs = numbered(10, (i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)
const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'a'))

test.each([
  ['T53: a billion laughs', withEntities(`<!ENTITY l0 "ha">${laughs}`, '&l10;'), 'SAML_XML'],
  [
    'T53: one long entity many times',
    withEntities(`<!ENTITY a "${'a'.repeat(50_000)}">`, '&a;'.repeat(9_000)),
    'SAML_XML',
  ],
  ['T54: 100 000 nested elements', hidden('<y>'.repeat(100_000) + '</y>'.repeat(100_000)), 'SAML_TOO_LARGE'],
  ['T54: 30 000 nested elements', hidden('<y>'.repeat(30_000) + '</y>'.repeat(30_000)), 'SAML_TOO_LARGE'],
  ['T54: 20 000 attributes', hidden(`<y ${numbered(20_000, (i) => ` a${i}=""`)}/>`), 'SAML_TOO_LARGE'],
  ['T54: 5 000 namespaces', hidden(`<y ${numbered(5_000, (i) => ` xmlns:a${i}="urn:${i}"`)}/>`), 'SAML_TOO_LARGE'],
  [
    'cases/robustness X1: 4 800 elements with a namespace name of 100 kB',
    hidden(`<y xmlns:z="u:${'z'.repeat(100_000)}">${'<z:z/>'.repeat(4_800)}</y>`),
    'SAML_TOO_LARGE',
  ],
  ['T46: 50 MB in 65 kB', signed(`SAMLRequest=${encodeURIComponent(bomb.toString('base64'))}`), 'SAML_TOO_LARGE'],
] as const)('a LogoutRequest is refused before it costs anything, and ends nothing: %s', async (_rule, query, code) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  expect(answer.json).toMatchObject({ error: { reason: 'Failed to parse SAML message' }, status: 500 })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})

test('a LogoutRequest that nobody signed is refused for its size before its signature is looked for', async () => {
  const query = hidden(`<y xmlns:z="u:${'z'.repeat(200_000)}">${'<z:z/>'.repeat(4_800)}</y>`).split('&SigAlg')[0] ?? ''
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  expect(answer.json).toMatchObject({ error: { reason: 'Failed to parse SAML message' }, status: 500 })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_TOO_LARGE', level: 'warn' }])
})

test('T46: what 50 MB in 65 kB would inflate to is never in memory', async () => {
  const query = signed(`SAMLRequest=${encodeURIComponent(bomb.toString('base64'))}`)
  const grownMb: number[] = []
  await aftermathOf(async (node) => {
    const before = process.memoryUsage().rss
    const answer = await node.invalidate(query)
    grownMb.push((process.memoryUsage().rss - before) / 2 ** 20)
    return answer
  })
  expect(grownMb[0]).toBeLessThan(32)
})
