import { idpKeys, strangerKeys } from '../credentials.test-support.ts'
import { BINDING, NAME_ID_FORMAT } from '../names.ts'
import type { IdpMetadata } from './idp-metadata.ts'
import type { KeyDescriptor } from './key-descriptor.ts'
import type { SpMetadata } from './sp-metadata.ts'

export const signing: KeyDescriptor[] = idpKeys.map((key) => ({ use: 'signing', key }))
export const encryption: KeyDescriptor[] = strangerKeys.map((key) => ({ use: 'encryption', key }))
export const anyUse: KeyDescriptor[] = strangerKeys.map((key) => ({ use: undefined, key }))

export const idpMetadata: IdpMetadata = {
  entityId: 'https://idp.test/?a=b&c',
  keyDescriptors: [...signing, ...encryption, ...anyUse],
  singleLogoutServices: [
    {
      binding: BINDING.redirect,
      location: 'https://idp.test/slo',
      responseLocation: 'https://idp.test/slo/done?x=1&y=2',
    },
    { binding: BINDING.post, location: 'https://idp.test/slo', responseLocation: undefined },
  ],
  nameIdFormats: [NAME_ID_FORMAT.transient, NAME_ID_FORMAT.persistent],
  singleSignOnServices: [
    { binding: BINDING.redirect, location: 'http://idp.test:7070/sso', responseLocation: undefined },
  ],
  wantAuthnRequestsSigned: true,
}

export const spMetadata: SpMetadata = {
  entityId: 'https://sp.test/',
  keyDescriptors: signing,
  singleLogoutServices: [{ binding: BINDING.redirect, location: 'https://sp.test/slo', responseLocation: undefined }],
  nameIdFormats: [],
  assertionConsumerServices: [
    { binding: BINDING.post, location: 'https://sp.test/acs', responseLocation: undefined, index: 1, isDefault: true },
  ],
  authnRequestsSigned: true,
  wantAssertionsSigned: true,
}
