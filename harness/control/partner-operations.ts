import { NoSuch } from '#server/no-such'
import type { RunningParties } from '../roles/running-parties.ts'
import { asked, changed, operation } from './operation.ts'
import { partnerChangeSchema, partnerSchema, partnersListSchema } from './partner-schema.ts'
import { nothing } from './shapes.ts'

export const listPartners = operation({
  request: nothing,
  answer: partnersListSchema,
  run: async (parties) => asked({ partners: running(parties).map(describe) }),
})

export const changePartner = operation({
  request: partnerChangeSchema,
  answer: partnerSchema,
  run: async (parties, { key, given }) => {
    const partners = running(parties)
    const found = partners.find(({ name }) => name === key)
    if (found === undefined) {
      const known = partners.map(({ name }) => name)
      throw new NoSuch({ what: 'partner', type: 'noSuchParty', named: key, known, path: 'name' })
    }
    found.partner.temper.set(given.temper)
    return changed(describe(found))
  },
})

/** In the order of the world. */
const running = ({ places, partners }: RunningParties) =>
  places.flatMap(({ name, url }) => {
    const partner = partners.get(name)
    return partner === undefined ? [] : [{ name, url, partner }]
  })

const describe = ({ name, url, partner }: ReturnType<typeof running>[number]) => {
  return { name, url, entityId: partner.endpoints.entityId, temper: partner.temper.get() }
}
