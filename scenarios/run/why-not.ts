import { dialectOf } from '../../sp-emulator/index.ts'
import type { BrowserEngine } from '../drivers/browsers.ts'
import type { UserAgent } from '../drivers/user-agent.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** What scenarios are to be told in. */
export interface Setting {
  readonly driver: UserAgent['kind']
  /** Of the browser; Chromium unless said. */
  readonly engine?: BrowserEngine | undefined
  /** Why there is no such driver, if so: then nothing can be told. */
  readonly missing?: string | undefined
  /** Where a world does not say which. */
  readonly esVersion?: string | undefined
}

/** Why a scenario cannot be told in this setting; undefined where it can. */
export function whyNot(
  scenario: Scenario,
  { driver, engine = 'chromium', missing, esVersion }: Setting,
): string | undefined {
  const { onlyIn, given = {}, conditions } = scenario
  if (onlyIn !== undefined && onlyIn.driver !== driver) return `only by --driver ${onlyIn.driver}: ${onlyIn.because}`
  if (missing !== undefined) return missing
  const isBlocked = conditions?.browser?.thirdPartyCookies === 'blocked'
  if (driver === 'browser' && engine !== 'chromium' && isBlocked)
    return `only Chromium can be told to block third-party cookies, not ${engine}`
  const isTooOld = esVersion !== undefined && given.es?.version === undefined && !dialectOf(esVersion).productHeader
  return isTooOld && hasApplication(given) ? 'an application needs Elasticsearch 7.14 or later' : undefined
}

/** As a world is read: one that says nothing has one. */
const hasApplication = ({ applications, realms }: NonNullable<Scenario['given']>): boolean =>
  applications === undefined ? realms === undefined : applications.length > 0
