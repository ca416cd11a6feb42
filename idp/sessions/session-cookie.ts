import { cookieSuffixOf } from '#server/base-path'

/** A name of our own below this base path: browsers share the cookies of one host between its ports. */
export const sessionCookieName = (basePath: string): string => `sloop_idp${cookieSuffixOf(basePath)}`
