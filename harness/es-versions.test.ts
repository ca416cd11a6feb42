import { expect, test } from 'vitest'
import { startRoles } from './roles/roles.ts'

const anyPort = { idpPort: 0, esPort: 0, appPort: 0 }

test.each(['6.8', '7.13'])(
  'an application beside an Elasticsearch %s is refused: its client cannot talk to it',
  async (esVersion) => {
    await expect(startRoles({ ...anyPort, esVersion })).rejects.toMatchObject({
      name: 'ConfigError',
      message: `the application needs Elasticsearch 7.14 or later; run [sloop es --es-version ${esVersion}] and [sloop idp] without it`,
    })
  },
)

test('an Elasticsearch that never was is refused before anything is waited for', async () => {
  const starting = startRoles({ esPort: 0, roles: ['es'], esVersion: '10.0', idpMetadataUrl: 'http://127.0.0.1:9/' })
  await expect(starting).rejects.toMatchObject({ name: 'ConfigError', message: expect.stringContaining('10.0') })
})
