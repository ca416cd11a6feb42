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
  /** Ends on a page that says that one is logged out. */
  logOut(from: 'app' | 'idp'): Promise<void>
  /** Whether a replica takes the browser for signed in, at the application and at the IdP. */
  isSignedInAt(replica: Replica): Promise<{ readonly app: boolean; readonly idp: boolean }>
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
  const arrive = async (act: () => Promise<void>): Promise<SeenPage> => arriveAt(tab, act)
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
      for (let times = 0; times < mostTimes; times += 1) {
        const home = await arrive(() => tab.open(`${urls[from]}/`))
        const control = from === 'app' ? 'Log out' : 'Log out everywhere'
        // Nobody is signed in any more: the answer that said so was lost.
        if (!home.text.includes(says[from].signedIn)) return detour(home)
        const page = await arrive(() => tab.press(control))
        if (page.text.includes(says[from].loggedOut)) return
        detour(page)
      }
      throw new Error(`no way to log out: ${detours.join('\n')}`)
    },
    isSignedInAt: async ({ urls: past }) => {
      const [app, idp] = [await browser.peek(`${past.app}/`), await browser.peek(`${past.idp}/`)]
      return { app: app.text.includes(says.app.signedIn), idp: idp.text.includes(says.idp.signedIn) }
    },
  }
}

/** The page that is shown where no connection broke; a person reloads it as often as that happens. @throws Error when nobody answers in time */
async function arriveAt(tab: Tab, act: () => Promise<void>): Promise<SeenPage> {
  await act()
  for (let times = 0; ; times += 1) {
    const page = await tab.see()
    if (!page.text.startsWith(noPage(''))) return page
    if (times === mostTimes || page.text === noPage(noAnswer)) throw new Error(`${page.url}: ${page.text}`)
    await tab.reload()
  }
}
