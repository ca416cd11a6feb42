import type { Idp, IdpState } from '../../idp/index.ts'
import { noSuchParty } from '../clocks/clocks.ts'
import type { RunningParties } from '../roles/running-parties.ts'

/** The state of the IdP of this process. @throws NoSuch where none runs */
export async function theIdp(parties: RunningParties): Promise<IdpState> {
  return theRunningIdp(parties).state()
}

/** The IdP of this process. @throws NoSuch where none runs */
export function theRunningIdp({ idp, places }: RunningParties): Idp {
  if (idp !== undefined) return idp
  throw noSuchParty(
    'idp',
    places.map(({ name }) => name),
  )
}
