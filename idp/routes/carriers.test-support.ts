import { deflateRawSync } from 'node:zlib'
import { writeSoap } from '#saml/bindings/soap'
import type { World } from '../world.test-support.ts'
import { message, slo } from './logout-request.test-support.ts'
import { call, soapUrl } from './soap-scene.test-support.ts'

/** A way for a document to come to the IdP. */
export interface Carrier {
  readonly name: string
  /** Where it goes, and so what its Destination says. */
  readonly address: string
  /** The XML that travels: the document, or it in an envelope. */
  wrap(document: string): string
  deliver(world: World, travelling: string): Promise<Delivered>
}

export interface Delivered {
  readonly status: number
  readonly location: string
  /** What a person or a program is told. */
  readonly says: string
}

const byRedirect: Carrier = {
  name: 'Redirect',
  address: slo,
  wrap: (document) => document,
  deliver: async ({ browser }, document) => {
    const { status, location, text } = await browser.open(`/slo?SAMLRequest=${message(deflateRawSync(document))}`)
    return { status, location, says: text }
  },
}

const byPost: Carrier = {
  name: 'POST',
  address: slo,
  wrap: (document) => document,
  deliver: async ({ browser }, document) => {
    const fields = { SAMLRequest: Buffer.from(document).toString('base64') }
    const { status, location, text } = await browser.post('/slo', fields)
    return { status, location, says: text }
  },
}

const bySoap: Carrier = {
  name: 'SOAP',
  address: soapUrl,
  wrap: (document) => writeSoap(document),
  deliver: async ({ idp }, envelope) => {
    const response = await idp.fetch(call(envelope))
    return { status: response.status, location: '', says: await response.text() }
  },
}

/** Those in which a message is signed in itself. */
export const signedInDocument: readonly Carrier[] = [byPost, bySoap]
export const carriers: readonly Carrier[] = [byRedirect, ...signedInDocument]
