import type { IssuedTokens, Lab } from '../../harness/index.ts'
import type { OpenBrowser, Tab, UserAgent } from '../drivers/user-agent.ts'
import type { BrowserConditions } from '../scenario/scenario.ts'
import type { Where } from '../scenario/steps.ts'

/** The browser of a story in which a step happens that names none. */
export const firstBrowser = 'first'
const firstTab = 'first'

/** A world with browsers in it, in which one story is told. */
export interface Stage {
  readonly lab: Lab
  /** Every browser that was opened, by its name, the first one first. */
  readonly browsers: ReadonlyMap<string, UserAgent>
  browser(name?: string): Promise<UserAgent>
  tab(where: Where): Promise<Tab>
  /** Where a party is; the first application unless named. @throws Error that names those there are */
  addressOf(name?: string): string
  /** The entity id of a party of this world by its name; what is no name stays what it is. */
  entityIdOf(name: string): Promise<string>
  /** The tokens that logins in this browser brought, oldest first, as they are now. */
  loginsIn(browser: string): readonly IssuedTokens[]
  /** Does it, and counts the logins that happen meanwhile as that browser's. */
  attributing<T>(browser: string | undefined, work: () => Promise<T>): Promise<T>
  /** Closes every browser. */
  close(): Promise<void>
}

export interface StageSettings {
  readonly openBrowser: OpenBrowser
  readonly conditions?: BrowserConditions | undefined
}

export function createStage(lab: Lab, { openBrowser, conditions = {} }: StageSettings): Stage {
  const browsers = new Map<string, UserAgent>()
  /** The places of their logins among all. */
  const logins = new Map<string, number[]>()
  const addresses = addressesIn(lab)
  let entityIds: Promise<ReadonlyMap<string, string>> | undefined

  async function browser(name = firstBrowser): Promise<UserAgent> {
    const known = browsers.get(name)
    if (known !== undefined) return known
    const opened = await openBrowser(conditions)
    browsers.set(name, opened)
    return opened
  }

  return {
    lab,
    browsers,
    browser,
    tab: async ({ browser: name, tab = firstTab }) => (await browser(name)).tab(tab),
    addressOf: (name) => {
      const url = name === undefined ? lab.appUrl : addresses.get(name)
      if (url !== undefined && url !== '') return url
      throw new Error(`no party is called [${name ?? 'app'}] here, there is ${[...addresses.keys()].join(', ')}`)
    },
    entityIdOf: async (name) => {
      entityIds ??= entityIdsIn(lab)
      return (await entityIds).get(name) ?? name
    },
    loginsIn: (name) => {
      const all = lab.issuedTokens()
      return (logins.get(name) ?? []).flatMap((place) => all[place] ?? [])
    },
    attributing: async (name = firstBrowser, work) => {
      const before = lab.issuedTokens().length
      try {
        return await work()
      } finally {
        const brought = [...lab.issuedTokens().keys()].slice(before)
        logins.set(name, [...(logins.get(name) ?? []), ...brought])
      }
    },
    close: async () => {
      await Promise.all([...browsers.values()].map((each) => each.close()))
    },
  }
}

const addressesIn = ({ idpUrl, esUrl, applicationUrls, partnerUrls }: Lab): ReadonlyMap<string, string> =>
  new Map([['idp', idpUrl], ['es', esUrl], ...Object.entries(applicationUrls), ...Object.entries(partnerUrls)])

/** Those of partners, of applications by the realm whose ACS is at their address, and of realms by their own name. */
async function entityIdsIn(lab: Lab): Promise<ReadonlyMap<string, string>> {
  const { parties, realms } = await lab.world()
  const ofParties = parties.flatMap(({ name, role, entityId }): [string, string][] =>
    entityId === null || role === 'idp' ? [] : [[name, entityId]],
  )
  const ofRealms = realms.map(({ name, entityId }): [string, string] => [name, entityId])
  return new Map([...ofRealms, ...ofParties])
}
