import { httpCall } from '#server/http-call'
import { elasticUser } from '../default-world.ts'

/** What Elasticsearch answered to a call. */
export interface CallAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Calls a security API as an application does, with the service user. An answer of any status is an answer. */
export async function callElasticsearch(esUrl: string, api: string, given: object): Promise<CallAnswer> {
  const { username, password } = elasticUser()
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const call = { method: 'POST', url: `${esUrl}/_security/saml/${api}`, body: JSON.stringify(given) } as const
  const { status, octets } = await httpCall(call, { headers })
  const text = octets.toString()
  return { status, body: text === '' ? {} : JSON.parse(text) }
}
