import { SamlError, type SamlErrorCode } from '#saml/errors'
import type { Seen } from '#server/journal/seen'
import type { Log } from '#server/logging'
import { type BroughtOctets, claimedIssuer } from '../realm/judge/claimed-issuer.ts'
import type { SamlRealm } from '../realm/saml-realm.ts'
import { ElasticsearchError } from './elasticsearch-error.ts'
import type { NodeContext } from './node-context.ts'

/** Their sentences quote the query string, which may be a whole message. */
const quotesTheQuery: ReadonlySet<SamlErrorCode> = new Set(['SAML_QUERY_MALFORMED', 'SAML_MESSAGE_MISSING'])

/** The calls that bring a SAML message. */
export type AuditedAction = 'authenticate' | 'invalidate' | 'complete_logout'

/** A SAML message that a call brought. */
export interface Brought {
  readonly action: AuditedAction
  /** The realm that was asked for, by name. */
  readonly asked: string | undefined
  /** The realm that judges; none when none could be found. */
  readonly realm?: SamlRealm
  readonly what: 'Response' | 'LogoutRequest' | 'LogoutResponse'
  readonly octets: BroughtOctets
}

/** Does `judge`, and writes down what became of the message: accepted, with what `describe` tells of what was learned, or refused. The refusal goes on. */
export function judging<T>(
  node: NodeContext,
  brought: Brought,
  judge: () => T,
  describe: (found: T) => Partial<Seen> = () => ({}),
): T {
  const found = refusing(node, brought, judge)
  tellAcceptance(node, brought, describe(found))
  return found
}

/** Does `judge`, and writes down when it refuses a SAML message. The refusal goes on. */
export function refusing<T>(node: NodeContext, brought: Brought, judge: () => T): T {
  try {
    return judge()
  } catch (error) {
    if (error instanceof SamlError) tellRefusal(node, brought, error)
    throw error
  }
}

export function tellAcceptance({ journal }: NodeContext, brought: Brought, found: Partial<Seen>): void {
  journal.note({ ...received(brought), accepted: true, signature: { state: 'valid' }, ...found })
}

function received({ what, realm, octets: { queryString, document, posted } }: Brought): Seen {
  const about = { what, direction: 'received', to: realm?.entityId } as const
  if (queryString === undefined) {
    const body = posted === undefined ? undefined : `SAMLResponse=${encodeURIComponent(posted)}`
    return { ...about, binding: 'post', document, wire: { method: 'POST', url: addressAt(realm, what), body } }
  }
  return { ...about, binding: 'redirect', wire: { method: 'GET', url: `${addressAt(realm, what)}?${queryString}` } }
}

/** Where the application says that it came. */
const addressAt = (realm: SamlRealm | undefined, what: Brought['what']): string =>
  (what === 'Response' ? realm?.acsUrl : realm?.logoutUrl) ?? ''

/** Writes a refusal down, and one line for it that names whom the message names, whom the realm trusts, and the entry of the journal. */
export function tellRefusal({ journal, log }: NodeContext, brought: Brought, error: SamlError): void {
  const { action, asked, realm, what, octets } = brought
  const signature = { state: signatureState(what, error) }
  const seq = journal.note({ ...received(brought), accepted: false, refusal: refusalIn(error), signature })
  const facts = {
    code: error.code,
    action,
    realm: realm?.name ?? asked,
    ...(realm !== undefined && { issuer: claimedIssuer(octets), trusts: realm.idpEntityId }),
    ...(seq > 0 && { seq }),
  }
  log.warn(facts, loggableReason(error))
}

/** A refusal for the journal, which may quote the message that stands in it. */
export function refusalIn({ code, message, facts }: SamlError): NonNullable<Seen['refusal']> {
  return { code, message, expected: facts['expected'], actual: facts['actual'] }
}

/** Logout messages are read when their signature was judged; of a login it depends on what is signed. */
function signatureState(what: Brought['what'], { code }: SamlError): NonNullable<Seen['signature']>['state'] {
  if (code === 'SAML_SIGNATURE') return 'invalid'
  if (code === 'SAML_UNSIGNED') return 'none'
  return what === 'Response' || beforeTheSignature.has(code) ? 'notChecked' : 'valid'
}

const beforeTheSignature: ReadonlySet<SamlErrorCode> = new Set([
  'SAML_REALM',
  'SAML_QUERY_MALFORMED',
  'SAML_QUERY_AMBIGUOUS',
  'SAML_MESSAGE_MISSING',
  'SAML_BASE64',
  'SAML_DEFLATE',
  'SAML_TOO_LARGE',
  'SAML_ENCODING',
  'SAML_XML',
  'SAML_SCHEMA',
  'SAML_ROOT',
  'SAML_METADATA',
])

/** What a log may say about a refusal: its sentence, unless that quotes the message. */
function loggableReason(error: SamlError): string {
  return quotesTheQuery.has(error.code) ? 'the query string cannot be read' : error.message
}

/** Does `read`, and writes one line when it refuses the call that should bring a message. What is wrong with it is for its caller alone: the sentence may quote it. */
export function auditedCall<T>(log: Log, action: AuditedAction | undefined, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (action !== undefined && error instanceof ElasticsearchError) {
      log.warn({ code: 'CALL_UNREADABLE', type: error.type, action }, 'the call cannot be read')
    }
    throw error
  }
}
