import type { Idp, IdpState } from '../../idp/index.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { controlError } from './control-error.ts'

/** The state of the IdP of this process. @throws ControlError noSuchParty where none runs */
export async function theIdp(parties: RunningParties): Promise<IdpState> {
  return theRunningIdp(parties).state()
}

/** The IdP of this process. @throws ControlError noSuchParty where none runs */
export function theRunningIdp({ idp }: RunningParties): Idp {
  if (idp === undefined) throw controlError('noSuchParty', 'no IdP runs in this process', { actual: 'idp' })
  return idp
}
