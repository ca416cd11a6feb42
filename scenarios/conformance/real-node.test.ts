import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#server/clock'
import { startRoles } from '../../harness/roles/roles.ts'
import { cases } from './cases/index.ts'
import { elasticsearchYml, type Keys, layOut } from './configuration.ts'
import { connect } from './real-node.ts'
import { againstNode, type Report } from './run.ts'

let folder = ''
let keys: Keys

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-conformance-'))
  keys = await layOut(folder, systemClock.now())
  await writeFile(join(folder, 'elasticsearch.yml'), elasticsearchYml())
})
afterAll(() => rm(folder, { recursive: true }))

const clockAndInternals = [10, 21, 58, 64, 67, 70, 85, 105, 109, 114]
const recentOnly = [79, 80, 81, 82, 83, 84]

test('a node that was given the printed configuration is asked over HTTP what it can be asked', async () => {
  const elasticsearchYmlPath = join(folder, 'elasticsearch.yml')
  const roles = await startRoles({ roles: ['es'], esPort: 0, elasticsearchYml: elasticsearchYmlPath })
  const node = await connect({ url: roles.esUrl ?? '', username: 'elastic', password: 'changeme', keys })
  const reports: Report[] = []
  for (const each of cases) reports.push(await againstNode(node, node.version)(each))
  await roles.close()
  expect(node.version).toBe('9.2.1')
  expect(reports.filter(({ outcome }) => outcome.kind === 'fail')).toEqual([])
  const unasked = reports.filter(({ outcome }) => outcome.kind === 'cannot-be-asked').map(({ number }) => number)
  expect(unasked).toEqual([...clockAndInternals, ...recentOnly].sort((a, b) => a - b))
}, 30_000)

test('a node that does not tell its version is named in one sentence', async () => {
  const roles = await startRoles({ roles: ['es'], esPort: 0, elasticsearchYml: join(folder, 'elasticsearch.yml') })
  const connecting = connect({ url: roles.esUrl ?? '', username: 'elastic', password: 'wrong', keys })
  await expect(connecting).rejects.toThrow(/^the node does not tell its version: 401 /)
  await roles.close()
})

test('a node that answers as another generation drifts, and both values are told', async () => {
  const roles = await startRoles({ roles: ['es'], esPort: 0, elasticsearchYml: join(folder, 'elasticsearch.yml') })
  const user = { username: 'elastic', password: 'changeme' }
  const node = await connect({ url: roles.esUrl ?? '', ...user, keys, version: '9.3.0' })
  const unsigned = cases.filter(({ number }) => number === 6)
  const [report] = await Promise.all(unsigned.map(againstNode(node, node.version)))
  await roles.close()
  expect(report?.outcome).toEqual({ kind: 'fail', expected: 'status: 401', arrived: '500' })
})
