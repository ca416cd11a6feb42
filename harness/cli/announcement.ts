import type { RunningRoles } from '../role-options.ts'

/** The line that programs read: the roles that run, and no key for one that does not. */
export function jsonLine({ idpUrl, esUrl, appUrl }: RunningRoles): string {
  return `${JSON.stringify({ ready: true, idp: idpUrl, es: esUrl, app: appUrl, partners: [] })}\n`
}

/** The text that people read: where things are, what they are configured by, and what to click. */
export function greeting(roles: RunningRoles, world: string): string {
  const places = [
    place('Application', roles.appUrl, 'sign in by a click on a name, then "Log out"'),
    place('Identity provider', roles.idpUrl, 'who is signed in where, and "Log out everywhere"'),
    place('Elasticsearch', roles.esUrl, 'for the user elastic'),
  ]
  return ['', 'Ready.', '', ...places.flat(), '', `It runs ${world}.`, hint(roles), 'Ctrl-C stops.', '', ''].join('\n')
}

function place(name: string, url: string | undefined, what: string): string[] {
  return url === undefined ? [] : [`  ${name.padEnd(18)} ${url.padEnd(28)} ${what}`]
}

function hint({ appUrl, idpUrl }: RunningRoles): string {
  if (appUrl !== undefined) return `Open ${appUrl} in a browser to begin.`
  if (idpUrl !== undefined) return `Its metadata is at ${idpUrl}/metadata.`
  return 'It answers the SAML calls of the security API.'
}
