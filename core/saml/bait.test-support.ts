import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What no answer and no log may contain: it stands in the file of the bait. */
export const secret = 'b16b00b5-not-for-you'

export interface Bait {
  readonly url: string
  /** The address of a file that holds the secret. */
  readonly file: string
}

export type Poison = (xml: string, bait: Bait) => string

const doctype =
  (declaration: (bait: Bait) => string): Poison =>
  (xml, bait) =>
    xml
      .replace('?>', `?><!DOCTYPE x ${declaration(bait)}>`)
      .replace(/(?<=<saml2:Issuer[^>]*>)|(?=<\/md:(?:IDP|SP)SSO)/, '&e;')

/** Documents that name something to be fetched before they are even read. */
export const luringDocuments: readonly (readonly [name: string, poison: Poison])[] = [
  ['an external DTD', doctype(({ url }) => `SYSTEM "${url}"`)],
  ['an external entity at an address', doctype(({ url }) => `[<!ENTITY e SYSTEM "${url}">]`)],
  ['an external entity in a file', doctype(({ file }) => `[<!ENTITY e SYSTEM "${file}">]`)],
  ['a parameter entity', doctype(({ url }) => `[<!ENTITY % p SYSTEM "${url}">%p;]`)],
]
export const styleSheet: Poison = (xml, { url }) => xml.replace('?>', `?><?xml-stylesheet href="${url}"?>`)
/** As they may be in a message, where a processing instruction is refused too. */
export const luringMessages: typeof luringDocuments = [...luringDocuments, ['a style sheet', styleSheet]]

/** Signatures over something that would have to be fetched. */
export const luringSignatures: readonly (readonly [name: string, poison: Poison])[] = [
  ['the Reference', (xml, { url }) => xml.replace(/(?<=<ds:Reference URI=")[^"]*/, url)],
  [
    'an XSLT transform',
    (xml, { url }) =>
      xml.replace(
        '</ds:Transforms>',
        `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:include href="${url}"/></x:stylesheet></ds:Transform>$&`,
      ),
  ],
]

const intoKeyInfo = (xml: string, method: string) =>
  xml.replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>|(?=<\/ds:Signature>)/s, `<ds:KeyInfo>${method}</ds:KeyInfo>`)

/** Where the key of a stranger would be found. */
export const luringKeys: readonly (readonly [name: string, poison: Poison])[] = [
  ['a RetrievalMethod', (xml, { url }) => intoKeyInfo(xml, `<ds:RetrievalMethod URI="${url}"/>`)],
]

/** Elements that a message may hold and that nobody follows. */
export const harmlessLures: readonly (readonly [name: string, poison: (bait: Bait) => string])[] = [
  ['an XInclude', ({ url }) => `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${url}"/>`],
  [
    'an XInclude of a file',
    ({ file }) => `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${file}" parse="text"/>`,
  ],
  [
    'a schemaLocation',
    ({ url }) =>
      `<x xmlns="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x ${url}"/>`,
  ],
]

/** A file with a secret in it. */
export async function laidBait() {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-bait-'))
  const path = join(folder, 'secret.txt')
  await writeFile(path, secret)
  return { file: `file://${path}`, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
