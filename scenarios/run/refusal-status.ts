import type { Lab } from '../../harness/index.ts'
import { profileOf } from '../conformance/profile.ts'

/** By what the Elasticsearch of this world refuses a SAML message outside a login (`spec/elasticsearch-saml.md` §3.12). */
export async function refusalStatusOf(lab: Lab): Promise<number> {
  const { parties } = await lab.world()
  const version = parties.find(({ name }) => name === 'es')?.version ?? ''
  return profileOf(version).name === 'recent' ? 401 : 500
}
