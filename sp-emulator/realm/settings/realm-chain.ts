import { ConfigError } from '#server/config'
import type { RealmConfig } from '../realm-config.ts'
import type { NodeSettings } from './elasticsearch-yml.ts'

/** The realms that a node has without being told. */
const ownRealms = ['reserved', 'default_native', 'default_file']

/** @throws ConfigError in the words of a node when two realms have one name or one order, or users are to come from a realm that is not there. */
export function checkRealmChain(
  realms: readonly RealmConfig[],
  { otherRealms }: Pick<NodeSettings, 'otherRealms'>,
): void {
  const chain = [...realms.map(({ name, order }) => ({ type: 'saml', name, order: String(order) })), ...otherRealms]
  refuseTwins(
    'name',
    chain.map(({ type, name }) => [name, `xpack.security.authc.realms.${type}.${name}`]),
  )
  refuseTwins(
    'order',
    chain.flatMap(({ name, order }) => (order === undefined ? [] : [[order, name] as const])),
  )
  const names = [...ownRealms, ...chain.map(({ name }) => name)]
  for (const { authorizationRealms = [] } of realms) {
    const missing = authorizationRealms.find((name) => !names.includes(name))
    if (missing === undefined) continue
    throw new ConfigError(`configured authorizing realm [${missing}] does not exist (or is not enabled)`)
  }
}

function refuseTwins(what: 'name' | 'order', places: readonly (readonly [string, string])[]): void {
  const groups = new Map<string, string[]>()
  for (const [key, place] of places) {
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [place])
    else members.push(place)
  }
  const shared = [...groups].filter(([, members]) => members.length > 1)
  if (shared.length === 0) return
  const details = shared.map(([key, members]) => `${key}: [${members.join(', ')}]`).join('; ')
  throw new ConfigError(`Found multiple realms configured with the same ${what}: ${details}`)
}
