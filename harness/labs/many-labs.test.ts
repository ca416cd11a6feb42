import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { httpCall } from '#server/http-call'
import type { LabOfServer } from '../index.ts'
import { startLab } from '../lab.ts'

const labCount = 100
const slo = 'http://localhost:3999/slo'
// Whatever two labs could mistake for each other is the same in all of them.
const realm = { name: 'corp', entityId: 'urn:my-app', acs: 'http://localhost:3999/acs', logout: slo }

const headers = {
  authorization: `Basic ${Buffer.from('elastic:changeme').toString('base64')}`,
  'content-type': 'application/json',
}

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

/** Everything that a lab was heard to say, messages in plain text. */
function ear() {
  const heard: string[] = []
  const hear = <T>(answer: T): T => {
    heard.push(JSON.stringify(answer))
    return answer
  }
  const hearMessage = (url: string): string => {
    const parameter = /SAML(?:Request|Response)=([^&]+)/.exec(url)?.[1] ?? ''
    heard.push(url, inflateRawSync(Buffer.from(decodeURIComponent(parameter), 'base64')).toString())
    return url
  }
  return { heard, hear, hearMessage }
}

/** A login, a logout that the IdP began, one that the service provider did, and all that can be asked for. */
async function live(lab: LabOfServer, user: string) {
  const { heard, hear, hearMessage } = ear()
  const node = async <Answer>(path: string, body: object): Promise<Answer> => {
    const url = `${lab.esUrl}/_security/saml/${path}`
    const { octets } = await httpCall({ method: 'POST', url, body: JSON.stringify(body) }, { headers })
    return JSON.parse(octets.toString())
  }
  const logIn = async () => {
    const { form, session } = hear(await lab.idp.signIn({ user, to: 'urn:my-app' }))
    heard.push(Buffer.from(form.fields['SAMLResponse'] ?? '', 'base64').toString())
    const login = { content: form.fields['SAMLResponse'] ?? '', ids: [], realm: 'corp' }
    return { session, tokens: hear(await node<Tokens>('authenticate', login)) }
  }
  const { session } = await logIn()
  const minted = hear(await lab.idp.mint({ kind: 'LogoutRequest', to: 'urn:my-app', session }))
  const query = 'queryString' in minted ? minted.queryString : ''
  const { invalidated, redirect } = await node<{ invalidated: number; redirect: string }>('invalidate', {
    query_string: query,
    realm: 'corp',
  })
  const answered = await httpCall({ method: 'GET', url: hearMessage(redirect) })
  const { tokens } = await logIn()
  const logout = { token: tokens.access_token, refresh_token: tokens.refresh_token }
  const left = await httpCall({
    method: 'GET',
    url: hearMessage((await node<{ redirect: string }>('logout', logout)).redirect),
  })
  hearMessage(left.location ?? '')
  hear([answered.octets.toString(), left.octets.toString()])
  hear([await lab.world(), await lab.idp.users.list(), await lab.idp.sessions.list(), await lab.idp.logouts.list()])
  hear([await lab.es.tokens.list(), await lab.idp.serviceProviders.list(), await lab.idp.keys.list()])
  return { invalidated, statuses: [answered.status, left.status], heard }
}

/** The labs and users that a text names. */
function namesIn(text: string): readonly string[] {
  const labs = [...text.matchAll(/labs[/_]([0-9a-f]{10})/g)].map(([, id = '']) => id)
  return [...new Set([...labs, ...(text.match(/user-\d+-/g) ?? [])])].toSorted()
}

test('a hundred labs log in and out at once, and none hears anything of another', async () => {
  await using server = await startLab({ applications: [] })
  const created = await Promise.all(
    Array.from({ length: labCount }, async (_, index) => {
      const user = `user-${index}-`
      return { user, lab: await server.labs.create({ users: [{ name: user }], realms: [realm] }) }
    }),
  )
  const lives = await Promise.all(created.map(({ lab, user }) => live(lab, user)))
  expect(lives.map(({ invalidated }) => invalidated)).toEqual(created.map(() => 1))
  expect(new Set(lives.map(({ statuses }) => statuses.join()))).toEqual(new Set(['303,303']))
  created.forEach(({ lab, user }, index) => {
    const said = lives[index]?.heard.join('\n') ?? ''
    expect(namesIn(said)).toEqual([lab.id, user].toSorted())
  })
  const { labs } = await server.labs.list()
  expect(labs.map(({ id }) => id).toSorted()).toEqual(created.map(({ lab }) => lab.id).toSorted())
  await Promise.all(created.map(({ lab }) => lab.close()))
  expect((await server.labs.list()).labs).toEqual([])
}, 60_000)
