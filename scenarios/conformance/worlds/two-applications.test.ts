import { Client } from '@elastic/elasticsearch'
import { expect, onTestFinished, test } from 'vitest'
import { type Lab, startLab } from '../../../harness/index.ts'
import { getScenario } from '../../catalogue/index.ts'
import { createPerson, probeFor } from '../../run/person.test-support.ts'
import { runScenario } from '../../run/run-scenario.ts'

const scenario = getScenario('logout/idp-initiated-at-two-applications')

/** The world of the story, and what its realms refuse. */
async function twoApplications() {
  const refusals: object[] = []
  const info = () => undefined
  const warn = (facts: object) => void ('realm' in facts && refusals.push(facts))
  const lab = await startLab({ ...scenario.given, log: { info, warn, error: warn } })
  onTestFinished(() => lab.close())
  return { lab, agent: createPerson(), refusals }
}

function clientOf({ esUrl, serviceUser }: Lab): Client {
  const client = new Client({ node: esUrl, auth: serviceUser, maxRetries: 0 })
  onTestFinished(() => client.close())
  return client
}

test('at two applications every message goes to the realm that it is for: none refuses one', async () => {
  const { lab, refusals } = await twoApplications()
  expect((await runScenario(scenario, { lab })).differences).toEqual([])
  expect(lab.issuedTokens().map(({ application }) => application)).toEqual(['app', 'second'])
  expect(refusals).toEqual([])
})

test('a LogoutRequest for one realm is refused by another and ends nothing there; its own takes the same one', async () => {
  const { lab, agent, refusals } = await twoApplications()
  const [app, second] = Object.values(lab.applicationUrls)
  await agent.open(`${app}/`)
  await agent.press('alice')
  await agent.open(`${second}/`)
  await agent.open(`${lab.idpUrl}/`)
  const request = new URL(await agent.catchRedirect('Log out everywhere'))
  const query_string = request.search.slice(1)
  const { security } = clientOf(lab)
  const reason = new RegExp(`SAML request _\\w+ is for destination ${app}/logout but this realm uses ${second}/logout`)
  await expect(security.samlInvalidate({ realm: 'second', query_string })).rejects.toThrow(reason)
  const trusts = `${lab.idpUrl}/metadata`
  const refusal = { code: 'SAML_DESTINATION', action: 'invalidate', realm: 'second', issuer: trusts, trusts }
  expect(refusals).toEqual([{ ...refusal, seq: expect.any(Number) }])
  expect(await security.samlInvalidate({ realm: 'saml1', query_string })).toMatchObject({
    realm: 'saml1',
    invalidated: 1,
  })
  expect(await probeFor(agent, lab)).toMatchObject({
    accessToken: 'dead',
    refreshToken: 'dead',
    others: { second: { application: 'signedIn', accessToken: 'alive', refreshToken: 'alive' } },
  })
})
