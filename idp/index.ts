export type { IdpLifetimes, IdpOptions, SignedParts } from './config.ts'
export { createIdp, type Idp } from './create-idp.ts'
export type { TrustedSp } from './directory/sp-directory.ts'
export { defaultUsers, type User } from './directory/users.ts'
