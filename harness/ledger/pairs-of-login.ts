import type { ParticipantState } from '../../idp/index.ts'
import type { DescribedTokens } from '../../sp-emulator/index.ts'
import type { Facts } from './facts.ts'

export type Login = Pick<ParticipantState, 'nameId' | 'sessionIndex'>

type Named = Pick<DescribedTokens, 'nameId' | 'sessionIndex'>
type Lives = Pick<DescribedTokens, 'access' | 'refresh'>

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

/**
 * Whether a pair of tokens was given for this login, or for another pair of it: by the SessionIndex, which is new at each login; by the NameID where one of both has no
 * SessionIndex, or where that is new at each login too.
 */
export function isOfLogin({ nameId, sessionIndex }: Login, pair: Named): boolean {
  if (sessionIndex !== '' && pair.sessionIndex === sessionIndex) return true
  const namesOneLogin = nameId.format === transient || sessionIndex === '' || pair.sessionIndex === null
  return namesOneLogin && pair.nameId?.value === nameId.value.trim()
}

/** Of the tokens of a login, of which there are some: one that lives is enough. */
export function livesOf(pairs: readonly Lives[]): Pick<Facts, 'accessToken' | 'refreshToken'> {
  return {
    accessToken: pairs.some(({ access }) => access === 'alive') ? 'alive' : 'dead',
    refreshToken: pairs.some(({ refresh }) => refresh === 'alive') ? 'alive' : 'dead',
  }
}
