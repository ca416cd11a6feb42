import type { Temper } from '../../sp-emulator/index.ts'
import { changePartner, type DescribedPartner, listPartners, type RunningPartner } from './partners.ts'

/** The partners of a lab, for whoever tests (`spec/contract.md` §3, §5). */
export interface LabPartners {
  /** In the order of the world. */
  list(): Promise<{ readonly partners: readonly DescribedPartner[] }>
  /**
   * Gives a partner another temper, from the next LogoutRequest on, and answers what it is like then.
   * @throws NoSuch for an unknown name, ConfigError for an unknown temper; then nothing has changed
   */
  change(name: string, change: { readonly temper: Temper }): Promise<DescribedPartner>
}

/** The same partners, behind a check of what no type has checked. */
export function labPartners(running: readonly RunningPartner[]): LabPartners {
  return {
    list: async () => ({ partners: listPartners(running) }),
    async change(name, change) {
      const [{ readValue }, { partnerChangeSchema }] = await Promise.all([
        import('../world/read-value.ts'),
        import('../control/partner-schema.ts'),
      ])
      return changePartner(running, name, readValue(partnerChangeSchema, change, 'the change'))
    },
  }
}
