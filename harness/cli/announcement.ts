import type { Lab } from '../lab.ts'

/** The line that programs read: the roles that run, and no key for one that does not. */
export function jsonLine({ idpUrl, esUrl, appUrl }: Lab): string {
  return `${JSON.stringify({ ready: true, idp: idpUrl, es: esUrl, app: appUrl, partners: [] })}\n`
}

/** The text that people read: where things are and what to click. */
export function greeting(lab: Lab): string {
  const places = [
    place('Application', lab.appUrl, 'click "Log in", choose alice, then "Log out"'),
    place('Identity provider', lab.idpUrl, 'who is signed in where, and "Log out everywhere"'),
    place('Elasticsearch', lab.esUrl, 'for the user elastic'),
  ]
  return ['', 'Ready.', '', ...places.flat(), '', hint(lab), 'Ctrl-C stops.', '', ''].join('\n')
}

function place(name: string, url: string | undefined, what: string): string[] {
  return url === undefined ? [] : [`  ${name.padEnd(18)} ${url.padEnd(28)} ${what}`]
}

function hint({ appUrl, idpUrl }: Lab): string {
  if (appUrl !== undefined) return `Open ${appUrl} in a browser to begin.`
  if (idpUrl !== undefined) return `Its metadata is at ${idpUrl}/metadata.`
  return 'It answers the SAML calls of the security API.'
}
