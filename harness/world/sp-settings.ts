import { NAME_ID_FORMAT } from '#saml/names'
import type { TrustedSp } from '../../idp/index.ts'
import type { CheckedWorld } from './world.ts'

type Described = NonNullable<CheckedWorld['serviceProviders']>[number]

/** How the IdP treats a service provider, as a world says it. */
export function spSettings({ tolerate, logoutBy, nameIdFormat }: Described): Omit<TrustedSp, 'metadata' | 'name'> {
  return { tolerate, logoutBy, nameIdFormat: nameIdFormat && formatOf(nameIdFormat) }
}

/** The words for formats. */
const formats: Readonly<Record<string, string>> = NAME_ID_FORMAT

const formatOf = (word: string): string => (Object.hasOwn(formats, word) ? (formats[word] ?? word) : word)
