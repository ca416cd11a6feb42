import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { listen } from '#server/serve'
import { caseFile } from '../../../harness/case-file.test-support.ts'
import { elasticUser } from '../../../harness/default-world.ts'
import { startRoles } from '../../../harness/roles/roles.ts'
import type { Tolerance } from '../../../idp/index.ts'
import { createPerson, probeFor } from '../../run/person.test-support.ts'

const section = 'xpack.security.authc.realms.saml.saml1'

/** The realm of the case at another port, with the IdP of this process. */
function realmWithoutKeys(appUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-without-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const document = readFileSync(caseFile('reports/10-realm-without-signing-keys/elasticsearch.yml'), 'utf8')
  const { [section]: given } = parse(document.replaceAll('http://app.localhost:5601', appUrl))
  const { 'idp.entity_id': _entityId, 'idp.metadata.path': _path, ...settings } = given
  const path = join(folder, 'elasticsearch.yml')
  writeFileSync(path, JSON.stringify({ [section]: settings }))
  return path
}

async function logInAndOut(tolerate: readonly Tolerance[]) {
  const { port: appPort, close } = await listen({ host: '127.0.0.1', port: 0 })
  await close()
  const appUrl = `http://app.localhost:${appPort}`
  const roles = await startRoles({
    ...{ idpPort: 0, esPort: 0, appPort, elasticsearchYml: realmWithoutKeys(appUrl), logins: new Map() },
    world: { idp: { tolerate: [...tolerate] } },
  })
  onTestFinished(() => roles.close())
  const { idpUrl = '', esUrl = '', applicationUrls, issuedTokens } = roles
  const agent = createPerson()
  await agent.open(`${appUrl}/`)
  await agent.press('alice')
  await agent.press('Log out')
  const world = { appUrl, applicationUrls, partnerUrls: {}, idpUrl, esUrl }
  const truth = await probeFor(agent, { ...world, serviceUser: elasticUser(), issuedTokens })
  return { page: await agent.see(), truth, world }
}

// cases/reports 10
test('the unsigned logout of a realm without keys is refused at the IdP: the tokens are dead, the session there lives', async () => {
  const { page, truth, world } = await logInAndOut([])
  expect(page.url).toMatch(`${world.idpUrl}/slo?SAMLRequest=`)
  expect(page.text).toContain('is not signed (tolerate: [unsigned] would let it pass)')
  expect(truth).toEqual({ application: 'signedOut', idpSession: 'alive', accessToken: 'dead', refreshToken: 'dead' })
})

// cases/reports 10
test('where unsigned messages are tolerated that logout ends on a page of the application, and nothing lives', async () => {
  const { page, truth, world } = await logInAndOut(['unsigned'])
  expect(page.url).toBe(`${world.appUrl}/security/logged_out?msg=LOGGED_OUT`)
  expect(truth).toEqual({ application: 'signedOut', idpSession: 'dead', accessToken: 'dead', refreshToken: 'dead' })
})
