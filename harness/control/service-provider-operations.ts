import { z } from 'zod'
import { ConfigError } from '#server/config'
import type { TrustedSp } from '../../idp/index.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { serviceProviderSchema } from '../world/schema.ts'
import { loadServiceProviders } from '../world/service-providers.ts'
import { loadWithoutFiles } from '../world/world-file.ts'
import { asked, changed, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const serviceProvider = z.object({
  entityId: z.string(),
  name: z.string(),
  acs: z.array(z.string()),
  singleLogout: z.array(
    z.object({ binding: z.string(), location: z.string(), responseLocation: z.string().nullable() }),
  ),
})

export const listServiceProviders = operation({
  request: nothing,
  answer: z.object({ serviceProviders: z.array(serviceProvider) }),
  run: async (parties) => asked({ serviceProviders: (await theIdp(parties)).listServiceProviders() }),
})

export const addServiceProvider = operation({
  request: serviceProviderSchema,
  example: { entityId: 'urn:my-app', acs: 'http://localhost:8080/acs', slo: 'http://localhost:8080/logout' },
  answer: serviceProvider,
  fromXml: (metadata) => ({ metadata }),
  run: async (parties, { given }) => {
    const idp = await theIdp(parties)
    const { put, serviceProvider } = idp.addServiceProvider(await describedBy(given, parties))
    return put === 'added' ? made(serviceProvider) : changed(serviceProvider)
  },
})

export const removeServiceProvider = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    ;(await theIdp(parties)).removeServiceProvider(key)
    return gone
  },
})

/** @throws ConfigError naming the dotted path of what cannot be loaded or read */
async function describedBy(
  given: z.output<typeof serviceProviderSchema>,
  { clocks }: RunningParties,
): Promise<TrustedSp> {
  const inPlace = { ...given, ...(given.metadata !== undefined && { metadata: await metadataOf(given.metadata) }) }
  const { serviceProviders } = await orWithoutIndex(() =>
    loadServiceProviders([inPlace], { load: loadWithoutFiles, clock: clocks.get('idp') }),
  )
  const [only, ...others] = serviceProviders
  if (only !== undefined && others.length === 0) return only
  const known = serviceProviders.slice(0, 8).map(({ metadata }) => metadata.entityId)
  throw new ConfigError(`entityId: the metadata describes several, which one is meant? Known are ${known.join(', ')}`)
}

async function metadataOf(reference: string): Promise<string> {
  try {
    return await loadWithoutFiles(reference)
  } catch (cause) {
    throw new ConfigError(`metadata: ${(cause as Error).message}`, { cause })
  }
}

/** Where a world would name one of many. */
async function orWithoutIndex<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    throw new ConfigError(cause.message.replace(/^serviceProviders\[0\]\.?(?:: )?/, ''), { cause })
  }
}
