import type { NameIdPolicy } from '#saml/messages/authn-request'
import { NAME_ID_FORMAT } from '#saml/names'
import { isNameIdFormat, nameIdFormats } from './name-ids.ts'
import type { TrustedSp } from './trusted-sp.ts'

/**
 * The Format of the NameID that a service provider gets: what its request names, else what the world says of it, else transient if its metadata lists it
 * or lists nothing that is known here, else the first that the metadata lists (saml-core-2.0 §3.4.1.1, saml-metadata-2.0 §2.4.1). `unspecified` leaves the
 * choice open, and so does `encrypted`, which is about the form alone. Undefined when it cannot be made.
 */
export function chooseNameIdFormat(policy: NameIdPolicy | undefined, sp: TrustedSp): string | undefined {
  const asked = policy?.format
  const preferred = sp.nameIdFormat ?? listedFormat(sp)
  if (asked === undefined || asked === NAME_ID_FORMAT.encrypted) return preferred ?? nameIdFormats[0]
  if (asked === NAME_ID_FORMAT.unspecified) return preferred ?? asked
  return isNameIdFormat(asked) || asked === sp.nameIdFormat ? asked : undefined
}

function listedFormat({ metadata }: TrustedSp): string | undefined {
  const listed = metadata.nameIdFormats.filter(isNameIdFormat)
  return listed.find((format) => format === nameIdFormats[0]) ?? listed[0]
}
