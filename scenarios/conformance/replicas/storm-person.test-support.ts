import type { Replica, Replicas } from '../../../harness/replicas/replicas.test-support.ts'
import { createHttpBrowser } from '../../drivers/http-browser.ts'
import { noAnswer, noPage } from '../../drivers/no-page.ts'
import type { SeenPage, Tab } from '../../drivers/user-agent.ts'

/** Somebody in a storm, who asks again where a connection broke, as people do. */
export interface StormPerson {
  /** The user that nobody else is. */
  readonly name: string
  /** Ends on a page that says that one is signed in. */
  logIn(): Promise<void>
  /** Whether that was confirmed. Where a connection broke in between, she looks at both places whether she is really logged out, and goes on. */
  logOut(from: 'app' | 'idp'): Promise<boolean>
  /** Whether a replica takes the browser for signed in, at the application and at the IdP; what it says where it cannot tell. */
  isSignedInAt(replica: Replica): Promise<{ readonly app: boolean | string; readonly idp: boolean | string }>
  /** Pages on the way that were none of those that one expects, with what they said. */
  readonly detours: readonly string[]
}

const mostTimes = 12
const says = {
  app: { signedIn: 'You are signed in as', loggedOut: 'You are logged out' },
  idp: { signedIn: 'Signed in as', loggedOut: 'Every service provider confirmed the logout.' },
}
const whoAreYou = 'choose who you are'

export async function createStormPerson(urls: Replicas['urls'], name: string): Promise<StormPerson> {
  const browser = createHttpBrowser()
  const tab = await browser.tab('only')
  const detours: string[] = []
  const detour = ({ url, text }: SeenPage) => void detours.push(`${url.slice(0, 80)}: ${text.slice(0, 300)}`)
  let broken = 0
  const arrive = (act: () => Promise<void>): Promise<SeenPage> => arriveAt(tab, { act, onBroken: () => (broken += 1) })
  const isSignedIn = async (role: 'app' | 'idp') =>
    (await arrive(() => tab.open(`${urls[role]}/`))).text.includes(says[role].signedIn)
  const pressLogOut = async (from: 'app' | 'idp'): Promise<boolean> => {
    if (!(await isSignedIn(from))) return false
    const before = broken
    const page = await arrive(() => tab.press(from === 'app' ? 'Log out' : 'Log out everywhere'))
    const isLoggedOut = page.text.includes(says[from].loggedOut)
    if (!isLoggedOut) detour(page)
    return isLoggedOut && broken === before
  }
  return {
    name,
    detours,
    logIn: async () => {
      for (let times = 0; times < mostTimes; times += 1) {
        let page = await arrive(() => tab.open(`${urls.app}/`))
        if (page.text.includes(whoAreYou)) page = await arrive(() => tab.press(name))
        if (page.text.includes(says.app.signedIn)) return
        detour(page)
      }
      throw new Error(`no way to log in: ${detours.join('\n')}`)
    },
    logOut: async (from) => {
      const isConfirmed = await pressLogOut(from)
      if (isConfirmed) return true
      // The IdP first: an application where nobody is signed in would log in again there.
      for (const role of ['idp', 'app'] as const) {
        for (let times = 0; (await isSignedIn(role)) && times < mostTimes; times += 1) await pressLogOut(role)
      }
      return false
    },
    isSignedInAt: async ({ urls: past }) => {
      const saysSignedIn = async (role: 'app' | 'idp') => {
        const { status, text } = await browser.peek(`${past[role]}/`)
        return status === 0 || status >= 500 ? text : text.includes(says[role].signedIn)
      }
      return { app: await saysSignedIn('app'), idp: await saysSignedIn('idp') }
    },
  }
}

interface Act {
  readonly act: () => Promise<void>
  readonly onBroken: () => void
}

/** The page that is shown where no connection broke; a person reloads it as often as that happens. @throws Error when nobody answers in time */
async function arriveAt(tab: Tab, { act, onBroken }: Act): Promise<SeenPage> {
  await act()
  for (let times = 0; ; times += 1) {
    const page = await tab.see()
    if (!page.text.startsWith(noPage(''))) return page
    if (times === mostTimes || page.text === noPage(noAnswer)) throw new Error(`${page.url}: ${page.text}`)
    onBroken()
    await tab.reload()
  }
}
