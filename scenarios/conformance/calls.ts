import type { Answer, Call } from './target.ts'

export interface ServiceUser {
  readonly username: string
  readonly password: string
}

/** A call as a request to a node at this address. */
export function requestOf(url: string, { method, path, body, authorization }: Call, user: ServiceUser): Request {
  const basic = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`
  const headers = { authorization: authorization ?? basic, accept: 'application/json' }
  if (body === undefined) return new Request(`${url}${path}`, { method, headers })
  const typed = { ...headers, 'content-type': 'application/json' }
  return new Request(`${url}${path}`, { method, headers: typed, body: JSON.stringify(body) })
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.status, headers: response.headers, text, json }
}
