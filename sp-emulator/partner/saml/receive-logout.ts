import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { PartnerError } from '../partner-error.ts'
import type { PartnerParts } from '../partner-parts.ts'
import { believe } from './believe.ts'
import { type ReceivedLogout, readLogout } from './logout-message.ts'
import { makeSaml } from './partner-saml.ts'
import type { MessageForm } from './read-message-form.ts'
import { readMessageQuery } from './read-message-query.ts'
import { refuseHeavy } from './refuse-heavy.ts'

const mostOctets = 256 * 1024
const inflateAsync = promisify(inflateRaw)

/**
 * The logout message in a query, which node-saml has verified.
 * @throws PartnerError (400) when it cannot be believed
 */
export async function receiveByRedirect(parts: PartnerParts, query: string): Promise<ReceivedLogout> {
  const { raw, values } = readMessageQuery(query)
  const kind = values['SAMLRequest'] === undefined ? 'SAMLResponse' : 'SAMLRequest'
  const document = await inflated(kind, values[kind] ?? '')
  refuseHeavy(kind, document)
  await believe(kind, () => makeSaml(parts, parts.idp()).validateRedirectAsync(values, raw))
  return readLogout(parts, { document, relayState: values['RelayState'] })
}

/**
 * The logout message in a form, whose document node-saml has verified.
 * @throws PartnerError (400) when it cannot be believed
 */
export async function receiveByPost(parts: PartnerParts, form: MessageForm): Promise<ReceivedLogout> {
  const { kind, message, relayState } = form
  const document = Buffer.from(message, 'base64').toString()
  refuseHeavy(kind, document)
  const saml = makeSaml(parts, parts.idp())
  await believe(kind, async () => {
    if (kind === 'SAMLRequest') await saml.validatePostRequestAsync({ SAMLRequest: message })
    else await saml.validatePostResponseAsync({ SAMLResponse: message })
  })
  return readLogout(parts, { document, relayState })
}

/** Bounded, which it is not in node-saml. */
async function inflated(kind: string, base64: string): Promise<string> {
  try {
    const octets = await inflateAsync(Buffer.from(base64, 'base64'), { maxOutputLength: mostOctets })
    return octets.toString()
  } catch (cause) {
    throw new PartnerError(400, `The ${kind} cannot be inflated to at most ${mostOctets} octets.`, { cause })
  }
}
