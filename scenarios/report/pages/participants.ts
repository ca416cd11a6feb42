import type { Participant } from '../../../harness/diagram/lanes.ts'
import type { Sight } from '../../run/scenario-result.ts'

/** Who stands in the picture of a world, by what it tells of itself. A realm's messages are carried by the application whose address takes its Responses. */
export function participantsOf({ parties, realms }: Sight['world']): readonly Participant[] {
  return parties.map(({ name, role, url, entityId }) => {
    const ofRealms = realms.filter(({ acs }) => acs.startsWith(`${url}/`)).map((realm) => realm.entityId)
    const own = role === 'partner' && entityId !== null ? [entityId] : []
    return { name, role, entityIds: role === 'app' ? ofRealms : own }
  })
}
