import { soapType } from '#saml/bindings/soap'
import type { Presented } from '#saml/rules/presented'
import { idpOrigin } from '../sp.test-support.ts'
import type { World } from '../world.test-support.ts'

export const addresses = { sso: `${idpOrigin}/sso`, slo: `${idpOrigin}/slo` }

/** A message in the query of this address. */
export const inQuery = (url: string): Presented => {
  const at = url.indexOf('?')
  return { carrier: 'query', queryString: url.slice(at + 1), address: new URL(url.slice(0, at), idpOrigin).href }
}

/** The first rule that is broken as the IdP explains it, and the refusal that its log tells of when it receives the same. */
export async function bothFaces({ idp, log }: World, presented: Presented) {
  log.length = 0
  const { checks } = await idp.explain(presented)
  const said = log.length
  await idp.fetch(...sent(presented))
  const line = log.find(({ level, facts }) => level === 'warn' && facts['tolerated'] === undefined)
  const broken = checks.find(({ holds }) => holds === false)
  return {
    said,
    broken,
    explained: broken && { code: broken.code, message: broken.message },
    refused: line && { code: line.facts['code'], message: line.message },
  }
}

function sent(presented: Presented): [request: Request, env?: object] {
  const { address = addresses.slo } = presented
  if (presented.carrier === 'query') {
    return [new Request(address), { incoming: { url: `${new URL(address).pathname}?${presented.queryString}` } }]
  }
  if (presented.carrier === 'form') {
    return [new Request(address, { method: 'POST', body: new URLSearchParams(presented.fields) })]
  }
  const call = { method: 'POST', body: presented.document, headers: { 'content-type': soapType } }
  return [new Request(`${addresses.slo}/soap`, call)]
}
