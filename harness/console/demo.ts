import { type BrowsedPage, createInProcessBrowser, type InProcessBrowser } from '../browsing/in-process-browser.ts'
import { controlError } from '../control/control-error.ts'
import { controlInProcess } from '../control/in-process.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { findPartyIn, participantsIn } from './parties-here.ts'

/** What one button does on the parties of a lab, as a user with a browser would. */
export const demos = {
  signInEverywhere: {
    says: 'Sign {user} in everywhere',
    means: 'at the applications and partners, as with a browser',
    run: signInEverywhere,
  },
  logOutEverywhere: {
    says: 'Log {user} out everywhere',
    means: 'from the identity provider, which asks everybody',
    run: logOutEverywhere,
  },
  breakLogout: {
    says: 'Break a logout',
    means: 'the same with an unsigned LogoutRequest',
    run: breakLogout,
  },
} as const

export type Demo = keyof typeof demos

export const isDemo = (name: string): name is Demo => Object.hasOwn(demos, name)

/** Who is signed in and out by these buttons: the first user of the IdP. */
export async function userOf(parties: RunningParties): Promise<string | undefined> {
  if (parties.idp === undefined) return undefined
  const { users } = await controlInProcess(parties).idp.users.list()
  return users[0]?.name
}

const browsers = new WeakMap<RunningParties, InProcessBrowser>()

/** One for each lab, so that a logout finds the cookies of the login. */
function browserOf(parties: RunningParties): InProcessBrowser {
  const browser = browsers.get(parties) ?? createInProcessBrowser(findPartyIn(parties))
  browsers.set(parties, browser)
  return browser
}

async function signInEverywhere(parties: RunningParties): Promise<void> {
  const user = await whom(parties)
  for (const { name, url } of parties.places.filter(({ role }) => role === 'app' || role === 'partner')) {
    await signIn(browserOf(parties), { user, name, url })
  }
}

/** How many pages there may be between the address of an application and its page for a user. */
const mostPages = 4

async function signIn(browser: InProcessBrowser, at: { user: string; name: string; url: string }): Promise<void> {
  let page = await browser.go({ method: 'GET', url: at.url })
  for (let count = 0; count < mostPages; count += 1) {
    if (isSignedIn(page)) return
    const action = page.controls.get(at.user) ?? page.controls.get('Log in') ?? firstWayIn(page)
    if (action === undefined) break
    page = await browser.go(action)
  }
  if (isSignedIn(page)) return
  throw controlError('refused', `${at.name} did not let ${at.user} in; its page says: ${page.text.slice(0, 256)}`)
}

const isSignedIn = ({ controls }: BrowsedPage): boolean => controls.has('Log out')

const firstWayIn = ({ controls }: BrowsedPage) => [...controls].find(([name]) => name.startsWith('Log in'))?.[1]

async function logOutEverywhere(parties: RunningParties): Promise<void> {
  const user = await whom(parties)
  const { idp } = controlInProcess(parties)
  const { sessions } = await idp.sessions.list()
  if (!sessions.some((session) => session.user === user)) await signInEverywhere(parties)
  const { url } = await idp.logouts.start({ user })
  await browserOf(parties).go({ method: 'GET', url })
}

/** The first application is asked by a request without a signature: an easy mistake to make, and a realm refuses it. */
async function breakLogout(parties: RunningParties): Promise<void> {
  const [first] = participantsIn(parties).flatMap(({ role, entityIds }) =>
    role === 'app' || role === 'partner' ? entityIds : [],
  )
  const control = controlInProcess(parties)
  const { id } = await control.faults.arm({
    party: 'idp',
    on: 'LogoutRequest',
    ...(first !== undefined && { to: first }),
    change: { signature: 'none' },
  })
  try {
    await logOutEverywhere(parties)
  } finally {
    const { faults } = await control.faults.list()
    const isUnused = faults.some((fault) => fault.id === id && fault.fired === 0)
    if (isUnused) await control.faults.disarm(id)
  }
}

async function whom(parties: RunningParties): Promise<string> {
  const user = await userOf(parties)
  if (user !== undefined) return user
  throw controlError('noSuchParty', 'no identity provider with a user runs here', { expected: 'idp' })
}
