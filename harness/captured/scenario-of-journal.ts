import { X509Certificate } from 'node:crypto'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { ConfigError } from '#server/config-error'
import { readCapture } from '../explain/capture.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import { toHar } from '../journal/to-har.ts'
import { startLab } from '../lab.ts'
import type { CapturedScenario } from './captured-scenario.ts'
import { scenarioOfCapture } from './scenario-of-capture.ts'

/** What a lab tells of itself, as far as messages are repeated by it. */
export interface JournalToRepeat {
  readonly entries: readonly JournalEntry[]
  readonly certificates: readonly { readonly entityId: string; readonly certificate: string }[]
}

/**
 * A scenario that repeats what an IdP sent to a realm, with all names as they were.
 * @throws ConfigError when it sent nothing, or has no certificate
 */
export async function scenarioOfJournal({ entries, certificates }: JournalToRepeat): Promise<CapturedScenario> {
  const found = readCapture([Buffer.from(toHar(entries.filter(({ what }) => what !== 'call')))])
  const sender =
    entries.find(({ what, from }) => what === 'Response' && from !== null) ?? entries.find(({ from }) => from === 'idp')
  const issuer = /<(?:[\w.-]+:)?Issuer[^>]{0,1000}>([^<]{1,2000})</.exec(sender?.document ?? '')?.[1]?.trim()
  const own = certificates.filter(({ entityId }) => entityId === issuer)
  if (issuer === undefined || own.length === 0)
    throw new ConfigError('the bundle has no certificate of who sent its messages')
  const keyDescriptors = own.map(({ certificate }) => {
    return { use: 'signing', key: trustCertificate(new X509Certificate(certificate)) } as const
  })
  const endpoint = { binding: BINDING.redirect, location: issuer }
  const metadata = writeIdpMetadata({
    ...{ entityId: issuer, keyDescriptors, nameIdFormats: [], wantAuthnRequestsSigned: false },
    ...{ singleSignOnServices: [endpoint], singleLogoutServices: [endpoint] },
  })
  const server = await startLab({ applications: [] })
  return scenarioOfCapture(found, { server, metadata, keepsNames: true }).finally(() => server.close())
}
