import type { RunningRoles } from '../roles/role-options.ts'

/** The line that programs read: the roles that run, and no key for one that does not. */
export function jsonLine({
  idpUrl,
  esUrl,
  appUrl,
  applicationUrls = {},
  partnerUrls = {},
  authorityFile: ca,
}: RunningRoles): string {
  const applications = Object.keys(applicationUrls).length > 1 ? applicationUrls : undefined
  return `${JSON.stringify({ ready: true, idp: idpUrl, es: esUrl, app: appUrl, applications, partners: Object.values(partnerUrls), ca })}\n`
}

/** The text that people read: where things are, what they are configured by, and what to click. */
export function greeting(roles: RunningRoles, world: string): string {
  const places = [
    ...applicationPlaces(roles),
    ...partnerPlaces(roles),
    place('Identity provider', roles.idpUrl, 'who is signed in where, and "Log out everywhere"'),
    place('Elasticsearch', roles.esUrl, 'for the user elastic'),
  ]
  return [
    '',
    'Ready.',
    '',
    ...places.flat(),
    '',
    `It runs ${world}.`,
    hint(roles),
    ...trustLines(roles),
    'Ctrl-C stops.',
    '',
    '',
  ].join('\n')
}

function trustLines({ authorityFile }: RunningRoles): string[] {
  if (authorityFile === undefined) return []
  return ['', `Trust it by NODE_EXTRA_CA_CERTS=${authorityFile}`, `or by       curl --cacert ${authorityFile}`, '']
}

function applicationPlaces({ appUrl, applicationUrls = {} }: RunningRoles): string[][] {
  const what = 'sign in by a click on a name, then "Log out"'
  const others = Object.values(applicationUrls).filter((url) => url !== appUrl)
  return [place('Application', appUrl, what), ...others.map((url) => place('Application', url, 'another one'))]
}

function partnerPlaces({ partnerUrls = {} }: RunningRoles): string[][] {
  const what = 'a service provider of another make, in the same session'
  return Object.values(partnerUrls).map((url) => place('Partner', url, what))
}

function place(name: string, url: string | undefined, what: string): string[] {
  return url === undefined ? [] : [`  ${name.padEnd(18)} ${url.padEnd(30)} ${what}`]
}

function hint({ appUrl, idpUrl, partnerUrls = {} }: RunningRoles): string {
  const [partnerUrl] = Object.values(partnerUrls)
  if (appUrl !== undefined) return `Open ${appUrl} in a browser to begin.`
  if (idpUrl !== undefined) return `Its metadata is at ${idpUrl}/metadata.`
  if (partnerUrl !== undefined) return `Its metadata is at ${partnerUrl}/saml/metadata.`
  return 'It answers the SAML calls of the security API.'
}
