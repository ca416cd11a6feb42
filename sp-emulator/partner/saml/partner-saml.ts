import { type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml'
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
}

/** node-saml, set up for a partner and its IdP. It takes the time from the machine. */
export class PartnerSaml extends SAML {
  readonly #status: Status | undefined

  constructor(config: SamlConfig, status?: Status) {
    super(config)
    this.#status = status
  }

  /** The library throws for every status but Success, before it has looked at the signature. What the status means is for the caller. */
  protected override async verifyLogoutResponse(document: { LogoutResponse: unknown }): Promise<void> {
    this.verifyIssuer(document.LogoutResponse as never)
  }

  /** The library knows Success and UnknownPrincipal only. */
  override _generateLogoutResponse(request: Profile, success: boolean): string {
    const document = super._generateLogoutResponse(request, success)
    if (this.#status === undefined) return document
    const [start, end] = ['<samlp:Status>', '</samlp:Status>'].map((tag) => document.indexOf(tag))
    return `${document.slice(0, start)}<samlp:Status>${statusCode(this.#status)}${document.slice(end)}`
  }
}

function statusCode([first, second]: Status): string {
  const below = second === undefined ? '' : `<samlp:StatusCode Value="${second}"/>`
  return `<samlp:StatusCode Value="${first}">${below}</samlp:StatusCode>`
}

const clockSkewMs = 60_000

/** What reads the messages of this IdP and writes those to it. */
export function makeSaml(
  { endpoints, sent, newId }: PartnerParts,
  idp: IdpMetadata,
  writing: Writing = {},
): PartnerSaml {
  const { privateKey, logoutUrl, status } = writing
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
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    // One of the two is always demanded, whichever the IdP signs.
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
    cacheProvider: sent,
    generateUniqueId: newId,
    acceptedClockSkewMs: clockSkewMs,
    disableRequestedAuthnContext: true,
    identifierFormat: null,
  }
  return new PartnerSaml(config, status)
}
