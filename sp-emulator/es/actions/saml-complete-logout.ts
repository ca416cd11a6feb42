import { audited } from '../audit.ts'
import type { NodeContext } from '../node-context.ts'
import { findRealm } from './find-realm.ts'

export interface CompleteLogoutInput {
  readonly realm: string
  readonly ids: readonly string[] | null
  readonly queryString: string | undefined
  readonly content: string | undefined
}

/** Returns when the LogoutResponse answers one of `ids` with success; nothing is kept or ended here (spec §5). */
export function completeSamlLogout(input: CompleteLogoutInput, { realms, log }: NodeContext): void {
  const action = 'complete_logout'
  const realm = audited(log, { action, realm: input.realm }, () =>
    findRealm(realms, { realm: input.realm }, `with name [${input.realm}]`),
  )
  const { queryString, content, ids } = input
  audited(log, { action, realm: realm.name }, () => realm.checkLogoutResponse({ queryString, content, ids }))
}
