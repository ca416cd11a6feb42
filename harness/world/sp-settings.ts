import { NAME_ID_FORMAT } from '#saml/names'
import type { TrustedSp } from '../../idp/index.ts'
import type { CheckedWorld } from './world.ts'

type Described = NonNullable<CheckedWorld['serviceProviders']>[number]

/** How the IdP treats a service provider, as a world says it. */
export function spSettings(described: Described): Omit<TrustedSp, 'metadata' | 'name'> {
  const { tolerate, logoutBy, nameIdFormat, lifetimes, skewSeconds, signedParts, attributes, encrypt } = described
  return {
    ...{ tolerate, logoutBy, lifetimes, signedParts, attributes, encrypt },
    nameIdFormat: nameIdFormat && formatOf(nameIdFormat),
    skewMs: skewSeconds === undefined ? undefined : skewSeconds * 1_000,
  }
}

/** The words for formats. */
const formats: Readonly<Record<string, string>> = NAME_ID_FORMAT

const formatOf = (word: string): string => (Object.hasOwn(formats, word) ? (formats[word] ?? word) : word)
