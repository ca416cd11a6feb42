import { Client } from '@elastic/elasticsearch'
import { expect, onTestFinished, test } from 'vitest'
import { startLab, type World } from '../../../harness/index.ts'
import { getScenario } from '../../catalogue/index.ts'
import { startServer } from '../../network/small-server.test-support.ts'
import { createPerson } from '../../run/person.test-support.ts'
import { runScenario } from '../../run/run-scenario.ts'

async function lab(world: World) {
  const started = await startLab(world)
  onTestFinished(() => started.close())
  return started
}

test.each(['logout/sp-initiated', 'logout/idp-initiated'])(
  'a realm with an encryption key tells the same story: %s',
  async (id) => {
    const world: World = { applications: [{ name: 'app' }], realms: [{ name: 'saml1', encryption: true }] }
    const { differences } = await runScenario(getScenario(id), { lab: await lab(world) })
    expect(differences).toEqual([])
  },
)

/** Logs in at an application of somebody else, and answers the Response that came there. */
async function responseTo(given: { readonly encryption?: boolean; readonly settings?: Record<string, unknown> }) {
  const received: string[] = []
  const port = await startServer((request, answer) => {
    request.setEncoding('utf8').on('data', (chunk: string) => received.push(chunk))
    request.on('end', () => answer.end('done'))
  })
  const started = await lab({ realms: [{ name: 'corp', acs: `http://localhost:${port}/acs`, ...given }] })
  const client = new Client({ node: started.esUrl, auth: started.serviceUser, maxRetries: 0 })
  onTestFinished(() => client.close())
  const { redirect, id } = await client.security.samlPrepareAuthentication({ realm: 'corp' })
  const agent = createPerson()
  await agent.open(redirect)
  await agent.press('alice')
  const content = new URLSearchParams(received.join('')).get('SAMLResponse') ?? ''
  const login = () => client.security.samlAuthenticate({ realm: 'corp', ids: [id], content })
  return { document: Buffer.from(content, 'base64').toString(), login }
}

test('for a realm with an encryption key the Assertion is encrypted, and the realm opens it', async () => {
  const { document, login } = await responseTo({ encryption: true })
  expect(document).toContain('<saml2:EncryptedAssertion')
  expect(document).not.toContain('alice')
  expect(await login()).toMatchObject({ username: 'alice', realm: 'corp' })
})

test.each(['persistent', 'transient'])('a realm logs in by the NameID that it asks for: %s', async (word) => {
  const format = `urn:oasis:names:tc:SAML:2.0:nameid-format:${word}`
  const { document, login } = await responseTo({
    settings: { nameid_format: format, 'attributes.principal': 'nameid' },
  })
  expect(document).toContain(`Format="${format}"`)
  const { username } = await login()
  expect(document).toContain(`>${username}</saml2:NameID>`)
})
