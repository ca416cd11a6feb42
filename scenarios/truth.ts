import type { Control, IssuedTokens, LabOptions, Life, MessageWorld } from '../harness/index.ts'
import { exchange } from './drivers/http-exchange.ts'
import type { UserAgent } from './drivers/user-agent.ts'
import type { ApplicationTruth, Truth } from './scenario.ts'

/** Where the roles are, and what has to be known of them to probe. A lab is one; steps of messages need its operations. */
export interface World extends Partial<Omit<MessageWorld, 'esUrl'> & Pick<Control, 'bundle'>> {
  /** The first application's. */
  readonly appUrl: string
  /** Of every application, by its name. */
  readonly applicationUrls: Readonly<Record<string, string>>
  readonly idpUrl: string
  readonly esUrl: string
  readonly appProfile: NonNullable<LabOptions['appProfile']>
  /** Whether users of the application choose how to log in. */
  readonly appSelector: boolean
  /** The service user who may refresh tokens: the one that made them. */
  readonly serviceUser: { readonly username: string; readonly password: string }
  /** Every pair that Elasticsearch has given for a login in this world, oldest first. */
  readonly issuedTokens: () => readonly IssuedTokens[]
}

/**
 * Probes what is really so: each application's page with the browser's cookies, the session at the IdP, and the tokens of every login of the story. Those of
 * an application are dead only if all of them are. Its refresh tokens are tried last, since trying one uses it up.
 * @throws Error when no login has happened at an application, so that there is nothing to probe.
 */
export async function probeTruth(world: World, agent: UserAgent, logins: readonly IssuedTokens[]): Promise<Truth> {
  const further = Object.entries(world.applicationUrls).filter(([, url]) => url !== world.appUrl)
  const names = further.map(([name]) => name)
  const first = logins.filter(({ application }) => application === undefined || !names.includes(application))
  const portal = await agent.peek(`${world.idpUrl}/`)
  const truth: Truth = {
    ...(await probeApplication(world, agent, { url: world.appUrl, logins: first })),
    idpSession: life(portal.text.includes('Signed in as')),
  }
  if (further.length === 0) return truth
  const others: Record<string, ApplicationTruth> = {}
  for (const [name, url] of further) {
    const own = logins.filter(({ application }) => application === name)
    others[name] = await probeApplication(world, agent, { url, logins: own })
  }
  return { ...truth, others }
}

async function probeApplication(
  world: World,
  agent: UserAgent,
  { url, logins }: { url: string; logins: readonly IssuedTokens[] },
): Promise<ApplicationTruth> {
  if (logins.length === 0) throw new Error(`nobody has logged in at ${url}: there are no tokens to probe`)
  const { status } = await agent.peek(`${url}/internal/security/me`)
  return {
    application: status === 200 ? 'signedIn' : 'signedOut',
    accessToken: await probeEach(logins, (tokens) => probeAccessToken(world, tokens)),
    refreshToken: await probeEach(logins, (tokens) => probeRefreshToken(world, tokens)),
  }
}

async function probeEach(
  logins: readonly IssuedTokens[],
  probe: (tokens: IssuedTokens) => Promise<Life>,
): Promise<Life> {
  const lives = await Promise.all(logins.map(probe))
  return life(lives.includes('alive'))
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
