import { expect, onTestFinished, test } from 'vitest'
import { tokensGivenSchema, tokensListSchema } from '../control/token-schema.ts'
import { ControlError, type Lab, startLab } from '../index.ts'

async function startedLab(): Promise<Lab> {
  const lab = await startLab({ partners: [] })
  onTestFinished(() => lab.close())
  return lab
}

const alice = { realm: 'saml1', username: 'alice', nameId: { value: '_1' }, sessionIndex: '_2' }

async function statusWith(lab: Lab, accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch(`${lab.esUrl}/_security/_authenticate`, { headers })).status
}

test('tokens of a lab are issued, listed and ended, and Elasticsearch takes them as long', async () => {
  const lab = await startedLab()
  const given = await lab.es.tokens.issue(alice)
  expect(tokensGivenSchema.parse(given)).toEqual(given)
  expect(await statusWith(lab, given.accessToken)).toBe(200)
  const { tokens } = tokensListSchema.parse(await lab.es.tokens.list())
  expect(tokens).toMatchObject([{ id: given.id, sessionIndex: '_2', access: 'alive', refresh: 'alive' }])
  await lab.es.tokens.end(given.id)
  expect(await statusWith(lab, given.accessToken)).toBe(401)
  const ended = { id: given.id, access: 'invalidated', refresh: 'invalidated', endedBy: 'control' }
  expect(tokensListSchema.parse(await lab.es.tokens.list())).toMatchObject({ tokens: [ended] })
})

test('the service user may refresh what was issued, as an application does', async () => {
  const lab = await startedLab()
  const { refreshToken } = await lab.es.tokens.issue(alice)
  const { username, password } = lab.serviceUser
  const answer = await fetch(`${lab.esUrl}/_security/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  })
  expect(answer.status).toBe(200)
})

test('what cannot be issued or ended is refused, and nothing changes', async () => {
  const lab = await startedLab()
  const { id } = await lab.es.tokens.issue(alice)
  const before = await lab.es.tokens.list()
  const misspelt = { ...alice, sessionindex: '_2' }
  await expect(lab.es.tokens.issue(misspelt)).rejects.toMatchObject({
    type: 'invalid',
    message: 'sessionindex: unknown key, did you mean sessionIndex?',
  })
  const elsewhere = lab.es.tokens.issue({ ...alice, realm: 'saml2' })
  await expect(elsewhere).rejects.toThrow(ControlError)
  await expect(elsewhere).rejects.toThrow('there is no realm [saml2], did you mean saml1?')
  const other = await startedLab()
  const foreign = other.es.tokens.end(id)
  await expect(foreign).rejects.toMatchObject({ type: 'noSuchTokens', path: 'id', actual: id })
  expect(await lab.es.tokens.list()).toEqual(before)
})
