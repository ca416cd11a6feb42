import { decodeBase64 } from '#saml/bindings/base64'
import { deflate, inflate } from '#saml/bindings/deflate'
import type { Spoiling } from './scenario.ts'

type SpoilQuery = (query: URLSearchParams) => void

const spoilings: Readonly<Record<Spoiling, SpoilQuery>> = {
  'name-id-changed': (query) => {
    const document = inflate(decodeBase64(query.get('SAMLRequest') ?? '')).toString('utf8')
    const changed = document.replace(/(<saml2:NameID[^>]*>)[^<]*/, '$1mallory')
    if (changed === document) throw new Error('the redirect carries no LogoutRequest with a NameID')
    query.set('SAMLRequest', deflate(changed).toString('base64'))
  },
  'signature-removed': (query) => {
    query.delete('SigAlg')
    query.delete('Signature')
  },
}

/**
 * What somebody between the parties makes of a redirect that carries a LogoutRequest. Its signature stays what it was, so it no longer fits.
 * @throws Error when there is nothing in the redirect that could be spoiled so.
 */
export function spoilRedirect(redirect: string, spoiling: Spoiling): string {
  const url = new URL(redirect)
  const query = new URLSearchParams(url.search)
  spoilings[spoiling](query)
  url.search = query.toString()
  return url.href
}
