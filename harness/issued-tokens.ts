import type { Fetch } from '#server/serve'
import type { IssuedTokens } from './role-options.ts'

/**
 * Listens to what Elasticsearch answers to a login, so that the tokens can be probed after a logout, when the application has forgotten them.
 * The answers themselves pass unchanged.
 */
export function recordIssuedTokens(fetch: Fetch): { fetch: Fetch; issued: () => readonly IssuedTokens[] } {
  const issued: IssuedTokens[] = []
  const listening: Fetch = async (request, env) => {
    const answer = await fetch(request, env)
    if (isLogin(request) && answer.status === 200) issued.push(await tokensIn(answer.clone()))
    return answer
  }
  return { fetch: listening, issued: () => issued }
}

const isLogin = ({ method, url }: Request) => method === 'POST' && url.includes('/_security/saml/authenticate')

async function tokensIn(answer: Response): Promise<IssuedTokens> {
  const { access_token: accessToken, refresh_token: refreshToken } = (await answer.json()) as {
    access_token: string
    refresh_token: string
  }
  return { accessToken, refreshToken }
}
