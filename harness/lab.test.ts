import { expect, test } from 'vitest'
import { startLab } from './index.ts'

test.each([
  [{ appprofile: 'careful' }, 'startLab has no option [appprofile], did you mean appProfile?'],
  [
    { port: 1 },
    'startLab has no option [port], known are elasticsearchYml, esVersion, keysFolder, appProfile, appSelector, log, inFront, entityId, keys, encryptionKeys, lifetimes, skewSeconds, signedParts, users, serviceProviders, es, roleMappings, realms, applications, partners, idp, clocks, faults',
  ],
  [{ esVersion: 8.1 }, 'esVersion: expected a value of type string, found one of type number'],
  [{ appSelector: 'yes' }, 'appSelector: expected a value of type boolean, found one of type string'],
  [{ appProfile: 'carefull' }, 'appProfile: expected one of kibana, careful, found [carefull]'],
])('what no type has checked is refused before anything starts: %o', async (options, message) => {
  await expect(startLab(options as object)).rejects.toThrow(new TypeError(message))
})

test('a lab can be closed by its name where there is no await using', async () => {
  const lab = await startLab({ appProfile: 'careful' })
  await lab.close()
  await expect(fetch(lab.esUrl)).rejects.toThrow('fetch failed')
})
