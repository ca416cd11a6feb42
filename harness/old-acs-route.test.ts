import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { httpGet } from '#server/http-get'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import { startRoles } from './roles/roles.ts'

const elasticsearchYml = fileURLToPath(
  new URL('../../shared/cases/reports/05-old-acs-route/elasticsearch.yml', import.meta.url),
)

// cases/reports 05
test('a realm whose sp.acs is the first name of the route is logged in to, and its route is there', async () => {
  const { port: appPort, close } = await listen({ host: '127.0.0.1', port: 0 })
  await close()
  const codes: unknown[] = []
  const log = { ...silentLog, warn: (facts: object) => void codes.push('code' in facts && facts.code) }
  const publicUrls = { app: 'http://app.localhost:5601' }
  const roles = await startRoles({ roles: ['es', 'app'], esPort: 0, appPort, publicUrls, elasticsearchYml, log })
  onTestFinished(() => roles.close())

  const begun = await fetch(`http://127.0.0.1:${appPort}/?auth_url_hash=`, { redirect: 'manual' })
  expect(begun.headers.get('location')).toMatch(/^https:\/\/idp\.cases\.example\/\S+\?SAMLRequest=/)
  const { body: metadata } = await httpGet(`http://127.0.0.1:${appPort}/api/security/saml/metadata`)
  const [, acs = ''] =
    /AssertionConsumerService [^>]*Location="http:\/\/app\.localhost:5601([^"]*)"/.exec(metadata) ?? []
  const body = new URLSearchParams({ SAMLResponse: 'PFJlc3BvbnNlLz4=' })
  const answer = await fetch(`http://127.0.0.1:${appPort}${acs}`, { method: 'POST', body })
  expect([acs, answer.status]).toEqual(['/api/security/v1/saml', 401])
  expect(codes).toContain('DEPRECATED_ROUTE')
})
