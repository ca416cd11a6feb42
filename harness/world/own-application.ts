import { ConfigError } from '#server/config-error'
import type { OwnApplication } from '../roles/role-options.ts'
import type { WorldSource } from './world-file.ts'

/** The flags that stand for what the world says of the realm. */
const flags: Readonly<Record<string, string>> = {
  'realms[0].acs': '--acs',
  'realms[0].logout': '--slo',
  'realms[0].entityId': '--entity-id',
}

/**
 * The world with the realm `saml1` for an application of the caller's own.
 * @throws ConfigError when it has realms or applications of its own
 */
export function withOwnApplication({ acs, slo, entityId }: OwnApplication, source: WorldSource): WorldSource {
  const world = (source.value ?? {}) as Readonly<Record<string, unknown>>
  const taken = ['realms', 'applications'].find((key) => Object.hasOwn(world, key))
  if (taken !== undefined)
    throw new ConfigError(`--acs: the world has ${taken} of its own, one of the two excludes the other`)
  const realm = {
    name: 'saml1',
    acs,
    ...(slo !== undefined && { logout: slo }),
    ...(entityId !== undefined && { entityId }),
  }
  const inPlace: WorldSource['inPlace'] = async (work) => {
    try {
      return await work()
    } catch (cause) {
      throw aboutFlag(cause) ?? (await source.inPlace(() => Promise.reject(cause)))
    }
  }
  return { ...source, value: { ...world, realms: [realm] }, inPlace }
}

function aboutFlag(cause: unknown): ConfigError | undefined {
  if (!(cause instanceof ConfigError)) return undefined
  const path = Object.keys(flags).find((each) => cause.message.startsWith(`${each}: `))
  return path === undefined
    ? undefined
    : new ConfigError(`${flags[path]}${cause.message.slice(path.length)}`, { cause })
}
