import type { World } from '../../harness/index.ts'
import { planParties } from '../../harness/world/parties.ts'

/** Who can be called in a world, by name. @throws ConfigError where the world cannot be */
export async function partiesOf(world: World): Promise<readonly string[]> {
  // The schemas take 80 ms to load, which a default world need not wait for.
  const isDefault = Object.keys(world).length === 0
  const checked = isDefault ? {} : (await import('../../harness/world/read-world.ts')).readWorld(world)
  const { applications, partners } = planParties(checked)
  return ['idp', 'es', ...[...applications, ...partners].map(({ name }) => name)]
}
