import { inflateRawSync } from 'node:zlib'
import { Client } from '@elastic/elasticsearch'
import { expect, test } from 'vitest'
import { httpCall } from '#server/http-call'
import { connect, type LabOfServer } from '../index.ts'
import { startLab } from '../lab.ts'

const labCount = 100
const slo = 'http://localhost:3999/slo'
// Whatever two labs could mistake for each other is the same in all of them.
const realm = { name: 'corp', entityId: 'urn:my-app', acs: 'http://localhost:3999/acs', logout: slo }

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
  const client = new Client({ node: lab.esUrl, auth: { username: 'elastic', password: 'changeme' } })
  const logIn = async () => {
    const { form, session } = hear(await lab.idp.signIn({ user, to: 'urn:my-app' }))
    heard.push(Buffer.from(form.fields['SAMLResponse'] ?? '', 'base64').toString())
    const login = { content: form.fields['SAMLResponse'] ?? '', ids: [], realm: 'corp' }
    return { session, tokens: hear(await client.security.samlAuthenticate(login)) }
  }
  const { session } = await logIn()
  const minted = hear(await lab.idp.mint({ kind: 'LogoutRequest', to: 'urn:my-app', session }))
  const query = 'queryString' in minted ? minted.queryString : ''
  const { invalidated, redirect } = await client.security.samlInvalidate({ query_string: query, realm: 'corp' })
  const answered = await httpCall({ method: 'GET', url: hearMessage(redirect) })
  const { tokens } = await logIn()
  const logout = { token: tokens.access_token, refresh_token: tokens.refresh_token }
  const left = await httpCall({ method: 'GET', url: hearMessage((await client.security.samlLogout(logout)).redirect) })
  hearMessage(left.location ?? '')
  hear([answered.octets.toString(), left.octets.toString()])
  hear([await lab.world(), await lab.idp.users.list(), await lab.idp.sessions.list(), await lab.idp.logouts.list()])
  hear([await lab.es.tokens.list(), await lab.idp.serviceProviders.list(), await lab.idp.keys.list()])
  await client.close()
  return { invalidated, statuses: [answered.status, left.status], heard }
}

test('a hundred labs log in and out at once, and none hears anything of another', async () => {
  await using server = await startLab({ applications: [] })
  const remote = connect(server.idpUrl)
  const created = await Promise.all(
    Array.from({ length: labCount }, async (_, index) => {
      const user = `user-${index}-`
      return { user, lab: await remote.labs.create({ users: [{ name: user }], realms: [realm] }) }
    }),
  )
  const lives = await Promise.all(created.map(({ lab, user }) => live(lab, user)))
  expect(lives.map(({ invalidated }) => invalidated)).toEqual(created.map(() => 1))
  expect(new Set(lives.map(({ statuses }) => statuses.join()))).toEqual(new Set(['303,303']))
  const foreign = created.flatMap(({ lab, user }, index) => {
    const said = lives[index]?.heard.join('\n') ?? ''
    expect(said).toContain(lab.id)
    expect(said).toContain(user)
    return created
      .filter((other) => other.lab !== lab && (said.includes(other.lab.id) || said.includes(other.user)))
      .map((other) => `${lab.id} heard of ${other.lab.id}`)
  })
  expect(foreign).toEqual([])
  const { labs } = await server.labs.list()
  expect(labs.map(({ id }) => id).toSorted()).toEqual(created.map(({ lab }) => lab.id).toSorted())
  await Promise.all(created.map(({ lab }) => lab.close()))
  expect((await server.labs.list()).labs).toEqual([])
}, 60_000)
