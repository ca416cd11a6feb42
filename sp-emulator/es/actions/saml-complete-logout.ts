import { judging, refusing } from '../audit.ts'
import type { NodeContext } from '../node-context.ts'
import { findRealm } from './find-realm.ts'

export interface CompleteLogoutInput {
  readonly realm: string
  readonly ids: readonly string[] | null
  readonly queryString: string | undefined
  readonly content: string | undefined
}

/** Returns when the LogoutResponse answers one of `ids` with success; nothing is kept or ended here (spec §5). */
export function completeSamlLogout(input: CompleteLogoutInput, node: NodeContext): void {
  const { queryString, content, ids } = input
  const octets = queryString === undefined ? { posted: content } : { queryString }
  const brought = { action: 'complete_logout', asked: input.realm, what: 'LogoutResponse', octets } as const
  const realm = refusing(node, brought, () =>
    findRealm(node.realms, { realm: input.realm }, `with name [${input.realm}]`),
  )
  judging(node, { ...brought, realm }, () => realm.checkLogoutResponse({ queryString, content, ids }))
}
