import type { Lab } from '../../harness/index.ts'
import { profileOf } from '../conformance/profile.ts'

/** Whether the Elasticsearch of this world refuses a SAML message outside a login as recent versions do (`spec/elasticsearch-saml.md` §3.12). */
export async function isOfRecentVersion(lab: Lab): Promise<boolean> {
  const { parties } = await lab.world()
  const version = parties.find(({ name }) => name === 'es')?.version ?? ''
  return profileOf(version).name === 'recent'
}
