import type { IssuedTokens } from '../harness/index.ts'
import { exchange } from './drivers/http-exchange.ts'
import type { UserAgent } from './drivers/user-agent.ts'
import type { Life, Truth } from './scenario.ts'

/** Where the roles are, and the tokens that the first login gave. */
export interface World {
  readonly appUrl: string
  readonly idpUrl: string
  readonly esUrl: string
  /** The service user who may refresh tokens: the one that made them. */
  readonly serviceUser: { readonly username: string; readonly password: string }
  /** Every pair that Elasticsearch has given for a Response, oldest first. */
  readonly issuedTokens: () => readonly IssuedTokens[]
}

/**
 * Probes what is really so: the application's page with the browser's cookies, the access token at `_authenticate`, the refresh token, the session at
 * the IdP. The refresh token is tried last, since trying it uses it up.
 * @throws Error when no login has happened, so that there is nothing to probe.
 */
export async function probeTruth(world: World, agent: UserAgent): Promise<Truth> {
  const tokens = world.issuedTokens().at(-1)
  if (tokens === undefined) throw new Error('nobody has logged in: there are no tokens to probe')
  const application = await agent.peek(`${world.appUrl}/internal/security/me`)
  const portal = await agent.peek(`${world.idpUrl}/`)
  return {
    application: application.status === 200 ? 'signed-in' : 'signed-out',
    idpSession: life(portal.text.includes('Signed in as')),
    accessToken: await probeAccessToken(world, tokens),
    refreshToken: await probeRefreshToken(world, tokens),
  }
}

const life = (isAlive: boolean): Life => (isAlive ? 'alive' : 'dead')

async function probeAccessToken({ esUrl }: World, { accessToken }: IssuedTokens): Promise<Life> {
  const { status } = await exchange({
    method: 'GET',
    url: `${esUrl}/_security/_authenticate`,
    headers: { authorization: `Bearer ${accessToken}` },
  })
  return lifeByStatus(status, 401)
}

async function probeRefreshToken({ esUrl, serviceUser }: World, { refreshToken }: IssuedTokens): Promise<Life> {
  const credentials = Buffer.from(`${serviceUser.username}:${serviceUser.password}`).toString('base64')
  const { status } = await exchange({
    method: 'POST',
    url: `${esUrl}/_security/oauth2/token`,
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  })
  return lifeByStatus(status, 400)
}

/** Any third status is no proof of death, but of a probe that went wrong. */
function lifeByStatus(status: number, dead: number): Life {
  if (status === 200) return 'alive'
  if (status === dead) return 'dead'
  throw new Error(`a token probe was answered with ${status}, expected 200 or ${dead}`)
}
