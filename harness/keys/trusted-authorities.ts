import { rootCertificates } from 'node:tls'

/** This authority and all whom Node trusts, `extra` being those that the environment names, in PEM: a list that is given to a socket stands in place of both. */
export const authoritiesBeside = (ours: string, extra: string | undefined): string[] => [
  ...rootCertificates,
  ...(extra === undefined ? [] : [extra]),
  ours,
]
