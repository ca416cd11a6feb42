import { Client as Client9 } from '@elastic/elasticsearch'
import { Client as Client7 } from 'elasticsearch-7'
import { Client as Client8 } from 'elasticsearch-8'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listener, listen } from '#server/serve'
import { realNode } from './real-node.test-support.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'

const node = realNode()
let listener: Listener

beforeAll(async () => {
  listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(node.es.fetch)
})

afterAll(() => listener.close())

type Auth = { readonly username: string; readonly password: string } | { readonly apiKey: string }
type Json = Record<string, unknown>
/** A call of the client's `security` namespace; `target` goes into the path or the query, `body` into the body. */
type Security = (method: string, target: object, body?: object, headers?: object) => Promise<Json>

const elastic: Auth = { username: 'elastic', password: 'secret' }
const options = (auth: Auth) => ({ node: `http://127.0.0.1:${listener.port}`, auth, maxRetries: 0 })

type Namespace = Record<string, (parameters: object, options?: object) => Promise<Json>>

/** Every method of the namespace by its name; the majors type each of them differently. */
const namespaceOf = (client: Client7 | Client8 | Client9): Namespace => client.security as unknown as Namespace

async function invoke(namespace: Namespace, method: string, [parameters, more]: [object, object]): Promise<Json> {
  const call = namespace[method]
  if (call === undefined) throw new TypeError(`the client has no method ${method}`)
  return call.call(namespace, parameters, more)
}

const modern =
  (client: Client8 | Client9): Security =>
  (method, target, body = {}, headers = {}) =>
    invoke(namespaceOf(client), method, [{ ...target, ...body }, { headers }])

const old =
  (client: Client7): Security =>
  async (method, target, body, headers = {}) => {
    const parameters = { ...target, ...(body !== undefined && { body }) }
    const { body: answer } = await invoke(namespaceOf(client), method, [parameters, { headers }])
    return answer as Json
  }

const majors: readonly [major: string, connect: (auth: Auth) => Security][] = [
  ['7.17', (auth) => old(new Client7(options(auth)))],
  ['8.19', (auth) => modern(new Client8(options(auth)))],
  ['9.4', (auth) => modern(new Client9(options(auth)))],
]

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason) => reason,
  )
  return (error as { meta?: { body?: unknown } }).meta?.body
}

test.each(majors)('the client of %s follows the guide', async (major, connect) => {
  const admin = connect(elastic)
  const [role, username] = [`role-${major}`, `user-${major}`]
  const password = 'changeme'
  expect(await admin('putRole', { name: role }, { cluster: ['manage_saml', 'manage_token'] })).toEqual({
    role: { created: true },
  })
  expect(await admin('putUser', { username }, { password, roles: [role] })).toEqual({ created: true })
  const rules = { field: { 'realm.name': 'saml1' } }
  await admin('putRoleMapping', { name: major }, { enabled: true, roles: [`viewer-${major}`], rules })

  const service = connect({ username, password })
  const content = (await signedLogin()).toString('base64')
  const { access_token: token } = await service('samlAuthenticate', {}, { content, ids: ['_login1'] })
  const who = await service('authenticate', {}, undefined, { authorization: `Bearer ${token}` })
  expect(who).toMatchObject({ username: 'alice', roles: expect.arrayContaining([`viewer-${major}`]) })
})

test.each(majors)('the client of %s reads and deletes what it made', async (major, connect) => {
  const admin = connect(elastic)
  const name = `made-${major}`
  await admin('putRole', { name }, { cluster: ['monitor'] })
  await admin('putUser', { username: name }, { password: 'changeme', roles: [name] })
  await admin('putRoleMapping', { name }, { enabled: true, roles: [name], rules: { field: { username: 'nobody' } } })
  expect(await admin('getRole', { name })).toMatchObject({ [name]: { cluster: ['monitor'] } })
  expect(await admin('getUser', { username: name })).toMatchObject({ [name]: { roles: [name] } })
  expect(await admin('getRoleMapping', { name })).toMatchObject({ [name]: { roles: [name] } })
  expect(await admin('deleteRoleMapping', { name })).toEqual({ found: true })
  expect(await admin('deleteUser', { username: name })).toEqual({ found: true })
  expect(await admin('deleteRole', { name })).toEqual({ found: true })
  expect(await failureOf(admin('deleteRole', { name }))).toEqual({ found: false })
})

test.each(majors)(
  'the client of %s asks for its privileges, and is told which one it lacks',
  async (major, connect) => {
    const admin = connect(elastic)
    const username = `watcher-${major}`
    await admin('putUser', { username }, { password: 'changeme', roles: ['remote_monitoring_collector'] })
    const watcher = connect({ username, password: 'changeme' })
    expect(await watcher('hasPrivileges', {}, { cluster: ['monitor', 'manage_saml'] })).toMatchObject({
      username,
      has_all_requested: false,
      cluster: { manage_saml: false, monitor: true },
    })
    expect(await failureOf(watcher('samlPrepareAuthentication', {}, { realm: 'saml1' }))).toMatchObject({
      status: 403,
      error: {
        reason: expect.stringMatching(/granted by the cluster privileges \[manage_saml,manage_security,all\]$/),
      },
    })
  },
)

test.each(majors)('the client of %s works with a key that it made', async (major, connect) => {
  const admin = connect(elastic)
  const made = await admin('createApiKey', {}, { name: major, role_descriptors: { s: { cluster: ['manage_saml'] } } })
  const { id, encoded } = made
  const withKey = connect({ apiKey: String(encoded) })
  expect(await withKey('authenticate', {})).toMatchObject({ authentication_type: 'api_key', api_key: { id } })
  expect(await withKey('samlPrepareAuthentication', {}, { realm: 'saml1' })).toMatchObject({ realm: 'saml1' })
  expect(await admin('getApiKey', { id })).toMatchObject({ api_keys: [{ id, name: major, invalidated: false }] })
  expect(await admin('invalidateApiKey', {}, { ids: [id] })).toMatchObject({ invalidated_api_keys: [id] })
  expect(await failureOf(withKey('authenticate', {}))).toMatchObject({ status: 401 })
})

test.each(majors)('the client of %s changes a password and shuts somebody out', async (major, connect) => {
  const admin = connect(elastic)
  const username = `bob-${major}`
  await admin('putUser', { username }, { password: 'changeme', roles: [] })
  await admin('changePassword', { username }, { password: 'another' })
  const bob = connect({ username, password: 'another' })
  expect(await bob('authenticate', {})).toMatchObject({ username })
  await admin('disableUser', { username })
  expect(await failureOf(bob('authenticate', {}))).toMatchObject({ status: 401 })
  await admin('enableUser', { username })
  expect(await bob('authenticate', {})).toMatchObject({ username })
})
