import { basePathOf } from '#server/base-path'
import type { Fetch } from '#server/serve'
import type { FindParty } from '../browsing/in-process-browser.ts'
import type { Participant } from '../diagram/lanes.ts'
import type { RunningParties } from '../roles/running-parties.ts'

/** Who stands in the picture of a lab, whether he has done something yet or not. */
export function participantsIn(parties: RunningParties): readonly Participant[] {
  return parties.places.map(({ name, role, url }) => ({
    name,
    role,
    entityIds: entityIdsAt({ name, role, url }, parties),
  }))
}

type Place = RunningParties['places'][number]

/** By what messages name who is there. A realm's messages are carried by the application whose address takes its Responses. */
function entityIdsAt({ name, role, url }: Place, { es, partners }: RunningParties): readonly string[] {
  const partner = partners.get(name)
  if (role === 'partner') return partner === undefined ? [] : [partner.endpoints.entityId]
  if (role !== 'app') return []
  return (es?.realms ?? []).filter(({ acsUrl }) => acsUrl.startsWith(`${url}/`)).map(({ entityId }) => entityId)
}

/** Reaches the parties of this process by their published addresses. */
export function findPartyIn(parties: RunningParties): FindParty {
  return ({ origin, pathname }) => {
    const place = parties.places.find(({ url }) => {
      const at = new URL(url)
      return at.origin === origin && `${pathname}/`.startsWith(`${basePathOf(at)}/`)
    })
    return place && fetchOf(place, parties)
  }
}

function fetchOf({ name, role }: Place, { idp, apps, partners }: RunningParties): Fetch | undefined {
  if (role === 'idp') return idp?.fetch
  return role === 'app' ? apps.get(name)?.fetch : partners.get(name)?.fetch
}
