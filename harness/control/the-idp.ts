import type { IdpState } from '../../idp/index.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { controlError } from './control-error.ts'

/** The state of the IdP of this process. @throws ControlError noSuchParty where none runs */
export async function theIdp({ idp }: RunningParties): Promise<IdpState> {
  if (idp === undefined) throw controlError('noSuchParty', 'no IdP runs in this process', { actual: 'idp' })
  return idp.state()
}
