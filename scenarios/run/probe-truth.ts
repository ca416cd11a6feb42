import type { IssuedTokens, Lab, Life, PairOfTokens } from '../../harness/index.ts'
import { exchange } from '../drivers/http-exchange.ts'
import type { UserAgent } from '../drivers/user-agent.ts'
import type {
  ApplicationTruth,
  BrowserTruth,
  OthersTruth,
  PartnerTruth,
  ProvenLife,
  Truth,
} from '../scenario/expected.ts'
import { firstBrowser, type Stage } from './stage.ts'

type Node = Pick<Lab, 'esUrl' | 'serviceUser'>

/** Browsers, the logins that happened in them, and where the parties are. */
export interface Probed extends Pick<Stage, 'browsers' | 'browser' | 'loginsIn'> {
  readonly lab: Node & Pick<Lab, 'appUrl' | 'applicationUrls' | 'partnerUrls' | 'idpUrl'>
}

/**
 * Probes what is really so in every browser: each application's and partner's page with its cookies, the session at the IdP, and the tokens of every login that
 * happened in it, those too that a refresh gave it. Those of an application are dead only if all of them are. Refresh tokens are tried last, since trying one uses it up.
 */
export async function probeTruth(stage: Probed): Promise<Truth> {
  const truths = new Map<string, BrowserTruth>()
  for (const [name, browser] of stage.browsers) truths.set(name, await probeBrowser(stage, { name, browser }))
  const first = truths.get(firstBrowser) ?? (await probeNobody(stage))
  truths.delete(firstBrowser)
  return truths.size === 0 ? first : { ...first, elsewhere: Object.fromEntries(truths) }
}

/** A browser that no step has used yet has nothing. */
async function probeNobody(stage: Probed): Promise<BrowserTruth> {
  return probeBrowser(stage, { name: firstBrowser, browser: await stage.browser() })
}

interface Named {
  readonly name: string
  readonly browser: UserAgent
}

async function probeBrowser(stage: Probed, { name, browser }: Named): Promise<BrowserTruth> {
  const { lab } = stage
  const logins = stage.loginsIn(name)
  const further = Object.entries(lab.applicationUrls).filter(([, url]) => url !== lab.appUrl)
  const names = further.map(([other]) => other)
  const isOfFirst = ({ application }: IssuedTokens) => application === undefined || !names.includes(application)
  const portal = await browser.peek(`${lab.idpUrl}/`)
  const first = { url: lab.appUrl, logins: logins.filter(isOfFirst) }
  const truth = {
    ...(await probeApplication(lab, browser, first)),
    idpSession: life(portal.text.includes('Signed in as')),
  }
  const others: Record<string, ApplicationTruth | PartnerTruth> = {}
  for (const [other, url] of further) {
    const own = logins.filter(({ application }) => application === other)
    others[other] = await probeApplication(lab, browser, { url, logins: own })
  }
  for (const [partner, url] of Object.entries(lab.partnerUrls)) others[partner] = await probePartner(browser, url)
  return withOthers(truth, others)
}

const withOthers = (truth: Omit<BrowserTruth, 'others'>, others: OthersTruth): BrowserTruth =>
  Object.keys(others).length === 0 ? truth : { ...truth, others }

async function probeApplication(
  node: Node,
  browser: UserAgent,
  { url, logins }: { readonly url: string; readonly logins: readonly IssuedTokens[] },
): Promise<ApplicationTruth> {
  return {
    application: url === '' ? 'signedOut' : await probeSession(browser, url),
    accessToken: await probeEach(logins, (pair) => probeAccessToken(node, pair)),
    refreshToken: await probeEach(logins, probeRefreshTokenOf(node, logins)),
  }
}

async function probeSession(browser: UserAgent, url: string): Promise<ApplicationTruth['application']> {
  const { status } = await browser.peek(`${url}/internal/security/me`)
  return status === 200 ? 'signedIn' : 'signedOut'
}

async function probePartner(browser: UserAgent, url: string): Promise<PartnerTruth> {
  const { text } = await browser.peek(`${url}/`)
  return { application: text.includes('You are signed in as') ? 'signedIn' : 'signedOut' }
}

/** Of every pair that the logins were given, by refreshes too. */
async function probeEach(
  logins: readonly IssuedTokens[],
  probe: (pair: PairOfTokens) => Promise<Life>,
): Promise<ProvenLife> {
  if (logins.length === 0) return 'none'
  const lives = await Promise.all(pairsOf(logins).map(probe))
  return life(lives.includes('alive'))
}

const pairsOf = (logins: readonly IssuedTokens[]): readonly PairOfTokens[] =>
  logins.flatMap((login) => [login, ...login.refreshed])

const life = (isAlive: boolean): Life => (isAlive ? 'alive' : 'dead')

async function probeAccessToken({ esUrl }: Node, { accessToken }: PairOfTokens): Promise<Life> {
  const { status } = await exchange({
    method: 'GET',
    url: `${esUrl}/_security/_authenticate`,
    headers: { authorization: `Bearer ${accessToken}` },
  })
  return lifeByStatus(status, 401)
}

/** A used token repeats for 30 seconds which pair it gave (elasticsearch-saml §7.3): that one is tried itself, and its repetition proves nothing. */
const probeRefreshTokenOf =
  ({ esUrl, serviceUser }: Node, logins: readonly IssuedTokens[]) =>
  async ({ refreshToken }: PairOfTokens): Promise<Life> => {
    const credentials = Buffer.from(`${serviceUser.username}:${serviceUser.password}`).toString('base64')
    const { status, text } = await exchange({
      method: 'POST',
      url: `${esUrl}/_security/oauth2/token`,
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    })
    if (lifeByStatus(status, 400) === 'dead') return 'dead'
    const given = JSON.parse(text)['refresh_token']
    return life(pairsOf(logins).every((pair) => pair.refreshToken !== given))
  }

/** Any third status is no proof of death, but of a probe that went wrong. */
function lifeByStatus(status: number, dead: number): Life {
  if (status === 200) return 'alive'
  if (status === dead) return 'dead'
  throw new Error(`a token probe was answered with ${status}, expected 200 or ${dead}`)
}
