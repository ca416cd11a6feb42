import { readCertificatePem } from '#saml/credentials'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import type { TrustedSp } from '../../idp/index.ts'
import { explain } from './explain.ts'
import { spSettings } from './sp-settings.ts'
import type { CheckedWorld } from './world.ts'

type Described = Omit<NonNullable<CheckedWorld['serviceProviders']>[number], 'signedBy'> & { readonly path: string }

/** A service provider that a world describes without metadata. @throws ConfigError naming the certificate that cannot be loaded or read */
export async function describedServiceProvider(
  described: Described,
  load: (reference: string) => Promise<string>,
): Promise<TrustedSp> {
  const { path, entityId = '', acs = '', slo, certificates = [], name } = described
  const singleLogout =
    described.singleLogout ?? (slo === undefined ? [] : [{ binding: 'redirect' as const, location: slo }])
  const keys = await Promise.all(
    certificates.map((reference, index) =>
      explain(`${path}.certificates[${index}]`, async () =>
        trustCertificate(readCertificatePem(await load(reference))),
      ),
    ),
  )
  const metadata = {
    entityId,
    keyDescriptors: keys.map((key) => ({ key })),
    singleLogoutServices: singleLogout.map(({ binding, ...addresses }) => ({
      ...addresses,
      binding: BINDING[binding],
    })),
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: acs, index: 0, isDefault: true }],
    authnRequestsSigned: false,
    wantAssertionsSigned: false,
  }
  return { ...spSettings(described), metadata, name: name ?? new URL(acs).host }
}
