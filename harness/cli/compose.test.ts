import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readYamlFile } from '#server/yaml-file'
import type { RoleOptions } from '../roles/role-options.ts'
import { createProgram } from './program.ts'

interface Service {
  command: string
  ports: string[]
  healthcheck: { test: string }
}

const composeFile = fileURLToPath(new URL('../../docker-compose.yml', import.meta.url))
const { services } = readYamlFile(composeFile) as { services: Record<'idp' | 'es' | 'app' | 'partner', Service> }

/** What a service's command line asks for. */
async function labOf(service: Service): Promise<Partial<RoleOptions>> {
  const argv = service.command.trim().split(/\s+/)
  const stop = new AbortController()
  let asked: Partial<RoleOptions> = {}
  const startRoles = async ({ log, signal, ...options }: RoleOptions) => {
    asked = options
    setImmediate(() => stop.abort())
    return { close: async () => undefined }
  }
  const program = await createProgram(argv, { print: () => undefined, stop: stop.signal, startRoles })
  await program.parseAsync(argv, { from: 'user' })
  return asked
}

test('every service runs one role, reachable from outside its container', async () => {
  const roles = ['idp', 'es', 'app', 'partner'] as const
  const asked = await Promise.all(roles.map((role) => labOf(services[role])))
  expect(asked.map((each) => each.roles)).toEqual(roles.map((role) => [role]))
  expect(asked.map(({ host }) => host)).toEqual(roles.map(() => '0.0.0.0'))
})

test('browsers are sent to published names, peers are reached by service names', async () => {
  const [idp, es, app] = await Promise.all([labOf(services.idp), labOf(services.es), labOf(services.app)])
  const partner = await labOf(services.partner)
  expect(idp.publicUrls).toEqual({ idp: 'http://idp.localhost:7070' })
  expect(idp.spMetadataUrls).toEqual([
    'http://app:5601/api/security/saml/metadata',
    'http://partner:5602/saml/metadata',
  ])
  expect(es.publicUrls).toEqual({ app: 'http://app.localhost:5601' })
  expect(es.idpMetadataUrl).toBe('http://idp:7070/metadata')
  expect(app.publicUrls).toEqual({ app: 'http://app.localhost:5601' })
  expect(app.esUrl).toBe('http://es:9200')
  expect(partner.publicUrls).toEqual({ partner: 'http://partner.localhost:5602' })
  expect(partner.idpMetadataUrl).toBe('http://idp:7070/metadata')
})

test.each(['idp', 'es', 'app', 'partner'] as const)(
  'the health check of %s asks the port that it publishes on this machine only',
  (name) => {
    const { ports, healthcheck } = services[name]
    const port = ports[0]?.match(/^127\.0\.0\.1:(\d+):\1$/)?.[1]
    expect(ports).toHaveLength(1)
    expect(healthcheck.test).toBe(`sloop ready --url http://127.0.0.1:${port} --timeout 1`)
  },
)
