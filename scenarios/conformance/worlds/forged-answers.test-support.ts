import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { readCredential } from '#saml/credentials'
import { parseInstant } from '#saml/instants'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import type { Lab } from '../../../harness/index.ts'

interface ForgedAnswer {
  readonly lab: Lab
  /** Where the application sent the browser with its LogoutRequest. */
  readonly redirect: string
  /** The folder with the key of the IdP; unsigned without it. */
  readonly keysFolder?: string | undefined
  readonly changes?: Partial<LogoutResponse>
}

/** The address at which a browser would deliver a LogoutResponse to the application that the IdP never sent. */
export async function forgeAnswer({ lab, redirect, keysFolder, changes = {} }: ForgedAnswer): Promise<string> {
  const request = readRedirect(new URL(redirect).search.slice(1)).document.toString()
  const document = writeLogoutResponse({
    id: '_forged',
    issueInstant: parseInstant(/ IssueInstant="([^"]*)"/.exec(request)?.[1] ?? ''),
    issuer: `${lab.idpUrl}/metadata`,
    destination: `${lab.appUrl}/logout`,
    inResponseTo: / ID="([^"]*)"/.exec(request)?.[1],
    status: success,
    ...changes,
  })
  const signWith = keysFolder === undefined ? undefined : await idpKeyIn(keysFolder)
  return buildRedirectUrl({ destination: `${lab.appUrl}/logout`, kind: 'SAMLResponse', document, signWith })
}

async function idpKeyIn(folder: string) {
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  const [privateKeyPem, certificatePem] = await Promise.all([read('idp.key'), read('idp.crt')])
  return readCredential({ privateKeyPem, certificatePem })
}
