import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readYamlFile } from '#server/yaml-file'
import type { RoleOptions } from '../roles/role-options.ts'
import { askedOptions } from './asked-options.test-support.ts'

interface Service {
  command: string
  ports: string[]
  healthcheck: { test: string }
  profiles?: string[]
  deploy?: { replicas: number }
  '<<'?: Service
}

const fileHere = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const roles = ['idp', 'es', 'app', 'partner'] as const
type Name = (typeof roles)[number]
type Services = Record<Name | `${Name}-replica`, Service> & {
  balancer: Service & { depends_on: string[]; volumes: string[] }
  redis: Service
}
const { services } = readYamlFile(fileHere('docker-compose.yml')) as { services: Services }

/** What a service's command line asks for. */
const labOf = (service: Service): Promise<Partial<RoleOptions>> => askedOptions(service.command.trim().split(/\s+/))

test('every service runs one role, reachable from outside its container', async () => {
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

test.each(roles)('the health check of %s asks the port that it publishes on this machine only', (name) => {
  const { ports, healthcheck } = services[name]
  const port = ports[0]?.match(/^127\.0\.0\.1:(\d+):\1$/)?.[1]
  expect(ports).toHaveLength(1)
  expect(healthcheck.test).toBe(`sloop ready --url http://127.0.0.1:${port} --timeout 1`)
})

test('three replicas of each role share one store, and nobody who does not ask for them meets them', async () => {
  for (const role of roles) {
    const { command, ports, '<<': common } = services[`${role}-replica`]
    const asked = await labOf(services[`${role}-replica`])
    expect(asked).toMatchObject({ roles: [role], host: '0.0.0.0', store: 'redis://redis:6379' })
    expect(command).not.toMatch(/-port/)
    expect(ports).toBeUndefined()
    expect(common).toMatchObject({ profiles: ['replicas'], deploy: { replicas: 3 } })
    expect(services[role].profiles ?? services[role]['<<']?.profiles).toBeUndefined()
  }
  for (const service of [services.balancer, services.redis]) expect(service.profiles).toEqual(['replicas'])
})

test('replicas are reached where the single roles are, and get metadata from those that are not ready yet', async () => {
  const [idp, es, app, partner] = await Promise.all(roles.map((role) => labOf(services[`${role}-replica`])))
  expect(idp?.publicUrls).toEqual({ idp: 'http://idp.localhost:7070' })
  expect(es?.publicUrls).toEqual({ es: 'http://localhost:9200', app: 'http://app.localhost:5601' })
  expect(app?.publicUrls).toEqual({ app: 'http://app.localhost:5601' })
  expect(partner?.publicUrls).toEqual({ partner: 'http://partner.localhost:5602' })
  expect(idp?.spMetadataUrls).toEqual([
    'http://app-replica:5601/api/security/saml/metadata',
    'http://partner-replica:5602/saml/metadata',
  ])
  expect([es?.idpMetadataUrl, partner?.idpMetadataUrl]).toEqual(Array(2).fill('http://idp-replica:7070/metadata'))
  expect(app?.esUrl).toBe('http://balancer:9200')
})

test('the balancer publishes the port of each role on this machine only, and asks each replica there whether it is ready', () => {
  const { balancer } = services
  const [, config = '', inside] =
    /^\.\/(.+):(\/usr\/local\/etc\/haproxy\/haproxy\.cfg):ro$/.exec(balancer.volumes[0] ?? '') ?? []
  expect(inside).toBeDefined()
  const text = readFileSync(fileHere(config), 'utf8')
  const listens = [
    ...text.matchAll(/^listen (\w+)\n {2}bind :(\d+)\n {2}server-template replica (\d) ([\w-]+):(\d+)$/gm),
  ]
  expect(listens.map(([, ...words]) => words)).toEqual(
    roles.map((role) => {
      const port = portOf(services[`${role}-replica`])
      return [role, port, '3', `${role}-replica`, port]
    }),
  )
  expect(balancer.ports).toEqual(roles.flatMap((role) => services[role].ports))
  expect(balancer.depends_on).toEqual(['redis', ...roles.map((role) => `${role}-replica`)])
  expect(text).toContain('http-check send meth GET uri /_sloop/ready ')
})

/** What Docker gives a container to stop, in seconds, where nothing else is said. */
const stopsWithin = 10

test('a replica that is told to stop answers until the balancer has twice asked whether it is ready, and ends before it is killed', async () => {
  const text = readFileSync(fileHere('deploy/compose/haproxy.cfg'), 'utf8')
  const [, everyMs] = /^ {2}default-server check inter (\d+)ms fall 1 /m.exec(text) ?? []
  for (const role of roles) {
    const { drainSeconds = 0 } = await labOf(services[`${role}-replica`])
    expect(drainSeconds * 1_000).toBeGreaterThanOrEqual(2 * Number(everyMs))
    expect(drainSeconds).toBeLessThanOrEqual(stopsWithin / 2)
  }
})

test('the store of the replicas is kept on disk and drops nothing', () => {
  expect(services.redis.command).toBe('redis-server --appendonly yes --maxmemory-policy noeviction')
  expect(services.redis.ports).toBeUndefined()
})

const portOf = ({ healthcheck }: Service) =>
  /^sloop ready --url http:\/\/127\.0\.0\.1:(\d+) --timeout 1$/.exec(healthcheck.test)?.[1]
