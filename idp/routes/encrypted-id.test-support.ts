import { buildPostForm } from '#saml/bindings/post'
import { buildRedirectUrl } from '#saml/bindings/redirect'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import type { Credential } from '#saml/credentials'
import { type EncryptionChoice, encryptElement } from '#saml/encryption/encrypt-element'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { nameIdElement } from '#saml/messages/name-id'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { writeFragment } from '#saml/xml/build'
import { readSentResponse } from '../sp.test-support.ts'
import type { LoggedIn, World } from '../world.test-support.ts'
import { documentOf, slo } from './logout-request.test-support.ts'

type Scene = World & { readonly login: LoggedIn }

/** The NameID that `orders` was given, as a document of its own. */
export const plainName = ({ login }: Scene): string => writeFragment(nameIdElement(login.nameId))

/** An element as an EncryptedID for the key of this IdP, unless for others. */
export function encrypted({ credential }: Scene, element: string, choice: Partial<EncryptionChoice> = {}): string {
  const recipients = [credential.certificate.publicKey]
  return writeFragment(encryptElement(element, 'EncryptedID', { recipients, ...choice }))
}

/** A LogoutRequest of `orders` with this EncryptedID in the place of the NameID. */
export function requestWith(scene: Scene, encryptedId: string): string {
  return documentOf(scene).replace(/<saml2:NameID.*<\/saml2:NameID>/, encryptedId)
}

const idOf = (document: string) => /ID="([^"]*)"/.exec(document)?.[1] ?? ''

/** Sends a document of `orders` in each way there is, and answers the status that comes back. */
export const carriers = {
  redirect: async (
    { browser, orders, key }: Scene,
    document: string,
    signWith: Credential | 'nobody' = orders.credential,
  ) => {
    const url = await buildRedirectUrl({
      destination: slo,
      kind: 'SAMLRequest',
      document,
      signWith: signWith === 'nobody' ? undefined : signWith,
    })
    return readSentResponse((await browser.open(url)).location, key).status
  },
  post: async ({ browser, orders, key }: Scene, document: string) => {
    const signed = await signEnveloped(document, idOf(document), orders.credential)
    const { fields } = buildPostForm({ destination: '', kind: 'SAMLRequest', document: signed })
    const form = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
    return readSentResponse((await browser.post('/slo', form)).location, key).status
  },
  soap: async ({ idp, orders }: Scene, document: string) => {
    const addressed = document.replace(slo, `${slo}/soap`)
    const body = writeSoap(await signEnveloped(addressed, idOf(document), orders.credential))
    const answer = await idp.fetch(
      new Request(`${slo}/soap`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } }),
    )
    return parseLogoutResponse(readMessage(readSoap(Buffer.from(await answer.arrayBuffer())))).status
  },
} as const
