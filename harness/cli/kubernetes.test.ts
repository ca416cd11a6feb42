import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { askedOptions } from './asked-options.test-support.ts'

type Labels = Readonly<Record<string, string>>
interface Port {
  readonly name: string
  readonly port: number
  readonly targetPort: string
  readonly containerPort: number
}
interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string }
  readonly periodSeconds: number
  readonly timeoutSeconds?: number
  readonly failureThreshold: number
}
interface Container extends Readonly<Record<'startupProbe' | 'readinessProbe' | 'livenessProbe', Probe>> {
  readonly args: readonly string[]
  readonly ports: readonly Port[]
}
interface Workload {
  readonly replicas: number
  readonly serviceName?: string
  readonly selector: { readonly matchLabels: Labels }
  readonly template: {
    readonly metadata: { readonly labels: Labels }
    readonly spec: { readonly terminationGracePeriodSeconds?: number; readonly containers: readonly [Container] }
  }
}
interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly spec: unknown
}

const folder = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url))
const documents = readdirSync(folder).flatMap((file) => parseAllDocuments(readFileSync(`${folder}${file}`, 'utf8')))
const manifests = documents.map((document) => document.toJS() as Manifest)
const roles = ['idp', 'es', 'app', 'partner'] as const
const ports = { idp: 7070, es: 9200, app: 5601, partner: 5602 }

const specOf = <T>(kind: string, name: string): T => {
  const found = manifests.filter((each) => each.kind === kind && each.metadata.name === name)
  expect(found, `${kind} ${name}`).toHaveLength(1)
  return found[0]?.spec as T
}
const containerOf = (kind: string, name: string): Container => specOf<Workload>(kind, name).template.spec.containers[0]

/** Of the kinds that are used here, the version in which each is stable (API reference of Kubernetes 1.21 and later). */
const versions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Service: 'v1',
  Secret: 'v1',
  PodDisruptionBudget: 'policy/v1',
  Ingress: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
}

test('every manifest is YAML of a kind and version that there is, with a name of its own', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
  for (const { kind, apiVersion, metadata } of manifests) {
    expect(apiVersion, kind).toBe(versions[kind])
    expect(metadata.name).toMatch(/^[a-z][a-z-]{0,62}$/)
  }
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
  expect(new Set(names).size).toBe(names.length)
})

test.each(roles)('three replicas of %s run with one store, and one may be missing', (role) => {
  const { replicas, selector, template } = specOf<Workload>('Deployment', role)
  const budget = specOf<{ minAvailable: number; selector: Workload['selector'] }>('PodDisruptionBudget', role)
  expect(replicas).toBe(3)
  expect(template.metadata.labels).toEqual(selector.matchLabels)
  expect(budget).toEqual({ minAvailable: 2, selector })
})

test.each([...roles, 'redis'])('what selects %s selects nobody else', (name) => {
  const { selector, template } = specOf<Workload>(name === 'redis' ? 'StatefulSet' : 'Deployment', name)
  expect(template.metadata.labels).toEqual(selector.matchLabels)
  expect(selector.matchLabels['app.kubernetes.io/name']).toBe(name)
  expect(specOf<{ selector: Labels }>('Service', name).selector).toEqual(selector.matchLabels)
})

test('every service leads to a port that its containers have by that name', () => {
  for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'Service')) {
    const [port] = (spec as { ports: readonly [Port] }).ports
    const name = metadata.name.replace(/-metadata$/, '')
    const [has] = containerOf(name === 'redis' ? 'StatefulSet' : 'Deployment', name).ports
    expect([port.targetPort, port.port]).toEqual([has?.name, has?.containerPort])
  }
})

test.each(roles)('the probes of %s ask whether it is ready, at the port where it listens', async (role) => {
  const { args, ports: has, ...probes } = containerOf('Deployment', role)
  const asked = await askedOptions(args)
  expect(asked).toMatchObject({ roles: [role], host: '0.0.0.0', store: 'redis://redis:6379' })
  expect(args.join(' ')).not.toMatch(/-port/)
  expect(has).toEqual([{ name: 'http', containerPort: ports[role] }])
  const httpGet = { path: '/_sloop/ready', port: 'http' }
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const)
    expect(probes[probe].httpGet).toEqual(httpGet)
})

/** Until what a probe found has come to everybody who sends requests: seconds at most, as a rule. */
const toldWithin = 5
/** Answers under way end (`closeGraceMs`), and the process. */
const endsWithin = 5

test.each(roles)(
  'a replica of %s that is told to stop answers on until it is found not to be ready, and ends before it is killed',
  async (role) => {
    const { spec } = specOf<Workload>('Deployment', role).template
    const { args, readinessProbe, ...container } = spec.containers[0]
    const { drainSeconds = 0 } = await askedOptions(args)
    const { periodSeconds, timeoutSeconds = 1, failureThreshold } = readinessProbe
    expect(drainSeconds).toBeGreaterThanOrEqual((periodSeconds + timeoutSeconds) * failureThreshold + toldWithin)
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drainSeconds + endsWithin)
    expect(container).not.toHaveProperty('lifecycle')
  },
)

test('browsers reach every role at its public address, by the ingress', async () => {
  const asked = await Promise.all(roles.map((role) => askedOptions(containerOf('Deployment', role).args)))
  const urls = Object.assign({}, ...asked.map(({ publicUrls }) => publicUrls)) as Labels
  type Path = { readonly path: string; readonly backend: { service: { name: string; port: { name: string } } } }
  const { rules } = specOf<{ rules: { host: string; http: { paths: readonly [Path] } }[] }>('Ingress', 'sloop')
  const led = rules.map(({ host, http: { paths } }) => [paths[0].backend.service.name, `http://${host}`] as const)
  expect(Object.fromEntries(led)).toEqual(urls)
  expect(led.map(([role]) => role)).toEqual([...roles])
  expect(rules.map(({ http: { paths } }) => [paths[0].path, paths[0].backend.service.port.name])).toEqual(
    roles.map(() => ['/', 'http']),
  )
})

test('metadata comes from replicas that are not ready as well, since each waits for that of another', async () => {
  const [idp, es, app, partner] = await Promise.all(
    roles.map((role) => askedOptions(containerOf('Deployment', role).args)),
  )
  const urls = [...(idp?.spMetadataUrls ?? []), es?.idpMetadataUrl ?? '', partner?.idpMetadataUrl ?? '']
  expect(urls).toHaveLength(4)
  for (const url of urls) {
    const { hostname, port } = new URL(url)
    const service = specOf<{ publishNotReadyAddresses?: boolean; selector: Labels; ports: Port[] }>('Service', hostname)
    expect(service.publishNotReadyAddresses).toBe(true)
    expect(service.selector['app.kubernetes.io/name']).toBe(hostname.replace(/-metadata$/, ''))
    expect(`${service.ports[0]?.port}`).toBe(port)
  }
  expect(app?.esUrl).toBe('http://es:9200')
  for (const role of roles)
    expect(specOf<{ publishNotReadyAddresses?: boolean }>('Service', role).publishNotReadyAddresses).toBeUndefined()
})

test('the store is kept on disk, drops nothing, and is reached by our pods alone', () => {
  expect(specOf<Workload>('StatefulSet', 'redis').serviceName).toBe('redis')
  const words = containerOf('StatefulSet', 'redis').args.join(' ')
  expect(words).toBe('redis-server --appendonly yes --maxmemory-policy noeviction')
  const policy = specOf<{ podSelector: unknown; ingress: unknown[] }>('NetworkPolicy', 'redis')
  expect(policy.podSelector).toEqual(specOf<Workload>('StatefulSet', 'redis').selector)
  const ours = { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'sloop' } } }
  expect(policy.ingress).toEqual([{ from: [ours], ports: [{ port: 'redis' }] }])
})
