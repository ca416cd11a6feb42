import { type CacheProvider, type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml'
import type { Clock } from '#server/clock'
import type { PartnerParts } from '../partner-parts.ts'
import type { IdpMetadata } from './idp-metadata.ts'

/** In `<samlp:Status>`: the status codes, the second one below the first. */
export type Status = readonly [string, string?]

interface Writing {
  /** Signs what is sent; nothing is signed without. */
  readonly privateKey?: string | undefined
  /** Where logout messages are sent. */
  readonly logoutUrl?: string | undefined
  /** Of a LogoutResponse, where the library's own two do not do. */
  readonly status?: Status | undefined
  /** Signs with it in place of SHA-256. */
  readonly digest?: 'sha1' | 'sha256' | 'sha512' | undefined
  /** The document as it is to be, before anything is signed; as it is when absent. */
  readonly edit?: Edit | undefined
  /** Of a Response: where the request that it answers is looked for; where all are that were sent when absent. */
  readonly answering?: CacheProvider | undefined
}

type Edit = (document: string) => string

type Limits = [notBefore: string, notOnOrAfter: string, maxTimeLimitMs?: number]

interface Own {
  readonly clock: Clock
  readonly status?: Status | undefined
  readonly edit?: Edit | undefined
}

/** node-saml, set up for a partner and its IdP. The library takes the time from the machine; here it is the partner's, in what is judged and in what is written. */
class PartnerSaml extends SAML {
  readonly #clock: Clock
  readonly #status: Status | undefined
  readonly #edit: Edit

  constructor(config: SamlConfig, { clock, status, edit = asItIs }: Own) {
    super(config)
    this.#clock = clock
    this.#status = status
    this.#edit = edit
  }

  protected override checkTimestampsValidityError(_machineMs: number, ...limits: Limits): Error | null {
    return super.checkTimestampsValidityError(this.#clock.now(), ...limits)
  }

  protected override async generateAuthorizeRequestAsync(
    this: PartnerSaml,
    isPassive: boolean,
    isHttpPostBinding: boolean,
  ): Promise<string> {
    return this.#finished(await super.generateAuthorizeRequestAsync(isPassive, isHttpPostBinding))
  }

  override async _generateLogoutRequest(user: Profile): Promise<string> {
    return this.#finished(await super._generateLogoutRequest(user))
  }

  /** The library throws for every status but Success, before it has looked at the signature. What the status means is for the caller. */
  protected override async verifyLogoutResponse(document: { LogoutResponse: unknown }): Promise<void> {
    this.verifyIssuer(document.LogoutResponse as never)
  }

  /** The library knows Success and UnknownPrincipal only. */
  override _generateLogoutResponse(request: Profile, success: boolean): string {
    const document = super._generateLogoutResponse(request, success)
    if (this.#status === undefined) return this.#finished(document)
    const [start, end] = ['<samlp:Status>', '</samlp:Status>'].map((tag) => document.indexOf(tag))
    return this.#finished(`${document.slice(0, start)}<samlp:Status>${statusCode(this.#status)}${document.slice(end)}`)
  }

  /** Dated, and otherwise as it is to be. Nothing is signed yet: by Redirect the query is. */
  #finished(document: string): string {
    const start = document.indexOf(issueInstant) + issueInstant.length
    const instant = new Date(this.#clock.now()).toISOString()
    return this.#edit(document.slice(0, start) + instant + document.slice(document.indexOf('"', start)))
  }
}

const asItIs: Edit = (document) => document

const issueInstant = 'IssueInstant="'

function statusCode([first, second]: Status): string {
  const below = second === undefined ? '' : `<samlp:StatusCode Value="${second}"/>`
  return `<samlp:StatusCode Value="${first}">${below}</samlp:StatusCode>`
}

const clockSkewMs = 60_000

/** What reads the messages of this IdP and writes those to it. */
export function makeSaml(
  { endpoints, sent, newId, clock }: PartnerParts,
  idp: IdpMetadata,
  writing: Writing = {},
): PartnerSaml {
  const { privateKey, logoutUrl, status, edit, digest = 'sha256', answering } = writing
  const config: SamlConfig = {
    issuer: endpoints.entityId,
    audience: endpoints.entityId,
    callbackUrl: endpoints.acsUrl,
    logoutCallbackUrl: endpoints.sloUrl,
    entryPoint: idp.ssoUrl,
    logoutUrl: logoutUrl ?? '',
    idpCert: [...idp.certificates],
    idpIssuer: idp.entityId,
    ...(privateKey !== undefined && { privateKey }),
    signatureAlgorithm: digest,
    digestAlgorithm: 'sha256',
    // One of the two is always demanded, whichever the IdP signs.
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
    cacheProvider: answering ?? sent,
    // The cache forgets them by the partner's clock.
    requestIdExpirationPeriodMs: Number.MAX_SAFE_INTEGER,
    generateUniqueId: newId,
    acceptedClockSkewMs: clockSkewMs,
    disableRequestedAuthnContext: true,
    identifierFormat: null,
  }
  return new PartnerSaml(config, { clock, status, edit })
}
