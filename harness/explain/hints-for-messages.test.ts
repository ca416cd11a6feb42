import { expect, test } from 'vitest'
import { frozenAt, labThatExplains } from './lab-that-explains.test-support.ts'

/** What the changes of the product make wrong, and that the hint about it is true: once it is followed, the rule holds. */

const { lab, mint, explain, checkOf } = await labThatExplains()

const addressed = (rule: string, point: string) =>
  [
    ['trailingSlash', 'it differs only in a slash at its end, which was not expected'],
    ['otherScheme', 'it differs only in the scheme: https where http was expected'],
    ['otherPort', expect.stringMatching(/^it differs only in the port: \d+ where \d+ was expected$/)],
    ['otherCase', 'it differs only in upper and lower case'],
    ['withQuery', 'it differs only in the query: [?extra=1] was not expected'],
  ].map(([value, hint]) => [rule, { [point]: value }, hint] as const)

test.each([...addressed('forThisRealm', 'destination'), ...addressed('fromTheIdp', 'issuer')])(
  'what differs in one thing is right when that is changed: %s, %j',
  async (rule, change, hint) => {
    const { queryString, document } = await mint('LogoutRequest', change)
    const broken = await checkOf(rule, { queryString })
    expect(broken).toMatchObject({ holds: false, hint })
    const right = document.replaceAll(String(broken?.actual), String(broken?.expected))
    expect(await checkOf(rule, { document: right })).toMatchObject({ holds: true })
  },
)

test('the address of another realm is told to be that', async () => {
  const { realms } = await lab.world()
  const other = realms.find(({ name }) => name !== 'saml1')
  const change = { destination: { value: `${other?.entityId}/logout` } }
  const { queryString } = await mint('LogoutRequest', change)
  const hint = `that is the logout address of the realm [${other?.name}]`
  expect(await checkOf('forThisRealm', { queryString })).toMatchObject({ holds: false, hint })
  expect(await checkOf('forThisRealm', { queryString, realm: other?.name })).toMatchObject({ holds: true })
})

const units: Readonly<Record<string, number>> = { h: 3_600_000, min: 60_000, s: 1_000 }
const durationIn = (text: string) =>
  [...text.matchAll(/(\d+) (h|min|s)\b/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )

test.each([
  ['a message that came too late', { notOnOrAfter: { shiftMs: -3_600_000 } }, ''],
  [
    'a local time that was written as UTC',
    { issueInstant: { shiftMs: -7_200_000 }, notOnOrAfter: { shiftMs: -7_200_000 } },
    "; the sender's clock is exactly 2 h behind this one: a local time that was written as UTC?",
  ],
])(
  'a clock that stands where the hint says accepts it, and a second later does not: %s',
  async (_what, change, zone) => {
    const { queryString } = await mint('LogoutRequest', change)
    const { hint = '' } = (await checkOf('notExpired', { queryString })) ?? {}
    expect(hint).toMatch(/^it would hold if this clock stood .* earlier or more, or with a skew of at least \d+ s/)
    expect(hint?.endsWith(zone)).toBe(true)
    const [, earlier = ''] = /stood (.*) earlier/.exec(hint ?? '') ?? []
    const at = (ms: number) => new Date(Date.parse(frozenAt) - durationIn(earlier) + ms).toISOString()
    expect(await explain({ queryString, at: at(0) })).toMatchObject({ accepted: true })
    expect(await checkOf('notExpired', { queryString, at: at(1_000) })).toMatchObject({ holds: false })
  },
)

test.each([
  [
    'LogoutResponse',
    { inResponseTo: 'literal' },
    'with its InResponseTo filled in: it is a placeholder that nobody filled in: [{InResponseTo}]',
  ],
  [
    'LogoutRequest',
    { id: 'digit' },
    'with an underscore in front of its ID: an ID begins with a letter or an underscore',
  ],
])(
  'a name that no schema allows is allowed when it is written as the hint says: %s, %j',
  async (kind, change, hint) => {
    const { queryString, document } = await mint(kind, change)
    expect(await checkOf('documentIsValid', { queryString })).toMatchObject({
      holds: false,
      hint: `it is valid ${hint}`,
    })
    const right = document.replaceAll('{InResponseTo}', '_pending').replace(/ ID="(?=1)/, ' ID="_')
    expect(await checkOf('documentIsValid', { document: right })).toMatchObject({ holds: true })
  },
)

test('a Response by a key of nobody is told whose certificate it brings', async () => {
  const { form } = await mint('Response', { key: 'foreign' })
  const hint = expect.stringMatching(/^it verifies with the certificate that it brings itself, CN=sloop idp foreign, /)
  expect(await checkOf('assertionSignedByTheIdp', { form })).toMatchObject({ holds: false, hint })
})

test('of a LogoutRequest that names nobody the nearest login is told, and by its name it would end it', async () => {
  const altered = await explain({
    queryString: (await mint('LogoutRequest', { nameId: { value: 'alter' } })).queryString,
  })
  expect(altered).toMatchObject({ accepted: true, wouldInvalidate: 0, nearest: [{ differsIn: ['value'] }] })
  const right = await explain({ queryString: (await mint('LogoutRequest', {})).queryString })
  expect(right).toMatchObject({ accepted: true, wouldInvalidate: 1, nearest: [] })
})

test('a key that the IdP has withdrawn is told to be that, and was trusted until then', async () => {
  const { queryString } = await mint('LogoutRequest', {})
  const { form } = await mint('Response', {})
  expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: true })
  await lab.idp.keys.rotate({ publish: 'newOnly' })
  const former = `a key that the metadata named until it was read again at ${new Date(frozenAt).toISOString()}`
  const hint = `it verifies with ${former}: that is none of the keys that are trusted here`
  expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint })
  expect(await checkOf('assertionSignedByTheIdp', { form })).toMatchObject({ holds: false, hint })
  const previous = await mint('LogoutRequest', { key: 'previous' })
  expect(await checkOf('signedByTheIdp', { queryString: previous.queryString })).toMatchObject({ holds: false, hint })
  const current = await mint('LogoutRequest', { key: 'current' })
  expect(await checkOf('signedByTheIdp', { queryString: current.queryString })).toMatchObject({ holds: true })
})
