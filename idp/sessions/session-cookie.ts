/** A name of our own: browsers share the cookies of one host between its ports. */
export const sessionCookieName = 'sloop_idp'
