import type { SamlErrorCode } from '#saml/errors'
import { askAll } from '#saml/rules/ask-all'
import type { KnownText } from '#saml/rules/hints/text'
import type { Judgement, Presented } from '#saml/rules/presented'
import { Unaskable } from '#saml/rules/unaskable'
import { verdictOf } from '#saml/rules/verdict'
import { NoSuch } from '#server/no-such'
import { delegationRules } from '../es/actions/resolve-user.ts'
import type { NodeContext } from '../es/node-context.ts'
import type { RealmJudgement, SamlPrincipal, SamlRealm, ToExplain } from '../realm/saml-realm.ts'
import { isActive, type TokenMetadata } from '../tokens/token-pair.ts'
import { type NearTokens, nearestTokens } from './nearest-tokens.ts'

export interface MessageToExplain extends ToExplain {
  readonly presented: Presented
  /** The name of a realm; found by the message, when left out. */
  readonly realm?: string | undefined
}

/** What a node would make of a message; nothing has changed. */
export interface ElasticsearchJudgement extends Judgement {
  /** Whose judgement it is. */
  readonly realm: string
  readonly accepted: boolean
  /** The code of the first broken rule. */
  readonly refusal: SamlErrorCode | null
  /** How many pairs of tokens a LogoutRequest would end, were it accepted. */
  readonly wouldInvalidate: number
  /** Where that is none: the logins that come nearest to it. */
  readonly nearest: readonly NearTokens[]
}

/**
 * Tells what a node would make of a message. Where no realm is named it is one that has the message's Destination, or the address that it came to; of several
 * the first that would accept it.
 * @throws NoSuch for an unknown realm
 */
export async function explainAt(node: NodeContext, message: MessageToExplain): Promise<ElasticsearchJudgement> {
  const { realm, judgement } = await chooseRealm(node, message)
  const { names, principal, ...told } = judgement
  return { ...told, realm: realm.name, ...verdictOf(told.checks), ...(await whatItWouldEnd(names, node)) }
}

function candidates(realms: readonly SamlRealm[], named: string | undefined): readonly SamlRealm[] {
  if (named === undefined) return realms
  const found = realms.filter(({ name }) => name === named)
  if (found.length > 0) return found
  const known = realms.map(({ name }) => name)
  throw new NoSuch({ what: 'realm', type: 'noSuchRealm', named, known, path: 'realm' })
}

interface Chosen {
  readonly realm: SamlRealm
  readonly judgement: RealmJudgement
}

async function chooseRealm(node: NodeContext, message: MessageToExplain): Promise<Chosen> {
  const { realms } = node
  const all = await Promise.all(
    candidates(realms, message.realm).map(async (realm) => {
      const otherRealms = realms.filter((each) => each !== realm).flatMap(textsOf)
      const judgement = await realm.explain(message.presented, { ...message, otherRealms })
      return { realm, judgement: withDelegation(judgement, { realm, directory: node }) }
    }),
  )
  const { address } = message.presented
  const addressed = all.filter(({ realm, judgement }) => isAt(realm, judgement.to) || isAt(realm, address))
  const fitting = addressed.length > 0 ? addressed : all
  const chosen = fitting.find(({ judgement }) => verdictOf(judgement.checks).accepted) ?? fitting[0]
  if (chosen === undefined) throw new TypeError('a node has a realm')
  return chosen
}

/** The judgement of a realm, and of those in which it looks its users up. */
function withDelegation(
  judgement: RealmJudgement,
  {
    realm,
    directory,
  }: { readonly realm: SamlRealm; readonly directory: Pick<NodeContext, 'roleMapper' | 'lookupUser'> },
): RealmJudgement {
  if (judgement.kind !== 'Response' || realm.authorizationRealms.length === 0) return judgement
  const principal = (): SamlPrincipal => {
    if (judgement.principal === undefined) throw new Unaskable('nobody could be made out')
    return judgement.principal
  }
  return { ...judgement, checks: [...judgement.checks, ...askAll(delegationRules, { principal, realm, directory })] }
}

const textsOf = ({ name, logoutUrl, acsUrl, entityId }: SamlRealm): readonly KnownText[] => [
  { label: `the logout address of the realm [${name}]`, value: logoutUrl },
  { label: `the ACS of the realm [${name}]`, value: acsUrl },
  { label: `the entity id of the realm [${name}]`, value: entityId },
]

function isAt({ acsUrl, logoutUrl }: SamlRealm, address: string | null | undefined): boolean {
  return address !== null && address !== undefined && address !== '' && [acsUrl, logoutUrl].includes(address)
}

async function whatItWouldEnd(
  names: TokenMetadata | undefined,
  { tokens, clock }: NodeContext,
): Promise<Pick<ElasticsearchJudgement, 'wouldInvalidate' | 'nearest'>> {
  if (names === undefined) return { wouldInvalidate: 0, nearest: [] }
  const { length } = await tokens.findActive(names)
  if (length > 0) return { wouldInvalidate: length, nearest: [] }
  const living = (await tokens.list()).filter((pair) => isActive(pair, clock.now()))
  return { wouldInvalidate: 0, nearest: nearestTokens(names, living) }
}
