import type { ParticipantAccount } from '../../idp/index.ts'
import type { DescribedTokens, Partner, SignedInSession } from '../../sp-emulator/index.ts'
import type { ServedRealm } from '../roles/run-elasticsearch.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Facts, nothingKnown } from './facts.ts'
import { isOfLogin, livesOf } from './pairs-of-login.ts'

type Asked = Pick<ParticipantAccount, 'serviceProvider' | 'nameId' | 'sessionIndex'>

/** Tells what is so of a login. */
export type Probe = (login: Asked) => Promise<Facts>

/**
 * Looks at every party of this process, now and once for however many logins. Nobody is called and nothing changes by it: no session lasts longer, no token is used up, and
 * nothing stands in the journal.
 */
export async function lookAround({ es, apps, partners, places }: RunningParties): Promise<Probe> {
  const pairs = (await es?.tokens.list()) ?? []
  const sessions = (await Promise.all([...apps.values()].map((app) => app.signedIn()))).flat()
  const appUrls = places.filter(({ name }) => apps.has(name)).map(({ url }) => url)
  return async (login) => {
    const partner = [...partners.values()].find(({ endpoints }) => endpoints.entityId === login.serviceProvider)
    if (partner !== undefined) return atPartner(partner, login)
    const realms = (es?.realms ?? []).filter(({ entityId }) => entityId === login.serviceProvider)
    return atRealms(realms, login, { pairs, sessions, appUrls })
  }
}

async function atPartner(partner: Partner, { nameId, sessionIndex }: Asked): Promise<Facts> {
  const login = { nameId: nameId.value, sessionIndex: sessionIndex === '' ? undefined : sessionIndex }
  return { ...nothingKnown, application: (await partner.isSignedIn(login)) ? 'signedIn' : 'signedOut' }
}

interface Seen {
  readonly pairs: readonly DescribedTokens[]
  readonly sessions: readonly SignedInSession[]
  readonly appUrls: readonly string[]
}

/** A login that was given no tokens here has nothing to look at. */
function atRealms(realms: readonly ServedRealm[], login: Asked, { pairs, sessions, appUrls }: Seen): Facts {
  const names = realms.map(({ name }) => name)
  const given = pairs.filter((pair) => names.includes(pair.realm) && isOfLogin(login, pair))
  if (given.length === 0) return nothingKnown
  const lives = livesOf(given)
  const isOurs = realms.some(({ acsUrl }) => appUrls.some((url) => acsUrl.startsWith(`${url}/`)))
  if (!isOurs) return { ...nothingKnown, ...lives }
  const isThere = sessions.some(({ tokenId }) => given.some(({ id }) => id === tokenId))
  // A session without a token that lives opens nothing: the application asks Elasticsearch at each page.
  const opens = isThere && Object.values(lives).includes('alive')
  return { ...lives, application: opens ? 'signedIn' : 'signedOut' }
}
