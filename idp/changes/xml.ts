import { z } from 'zod'
import { row } from './change-row.ts'

/** Each finds the root's start tag behind the declaration. */
const rootTag = /<(saml2p:\w+)((?:\s[^>]*?)?)(\/?)>/

/** An AuthnRequest with the header of a logout message; a login becomes a LogoutResponse with an Assertion in it, so that what signs it finds that. */
function withOtherRoot(document: string): string {
  const [tag = '', name = ''] = rootTag.exec(document) ?? []
  if (name === 'saml2p:Response') return document.replace(/(?<=<\/?)saml2p:Response\b/g, 'saml2p:LogoutResponse')
  const header = tag.match(/ (?:xmlns:saml2p|Destination|ID|IssueInstant|Version)="[^"]*"/g) ?? []
  const [issuer = ''] = /<saml2:Issuer\b.*?<\/saml2:Issuer>/s.exec(document) ?? []
  const before = document.slice(0, document.indexOf(tag))
  return `${before}<saml2p:AuthnRequest${header.join('')}>${issuer}</saml2p:AuthnRequest>`
}

const edits = {
  extraAttribute: (document: string) => document.replace(rootTag, '<$1$2 Unknown="1"$3>'),
  wrongOrder: (document: string) =>
    document.replace(/^(.*?)(<saml2:Issuer\b.*?<\/saml2:Issuer>)(.*)(<\/saml2p:\w+>)$/s, '$1$3$2$4'),
  doctype: (document: string) => document.replace(rootTag, '<!DOCTYPE $1>$&'),
  comment: (document: string) => document.replace(rootTag, '$&<!-- a comment -->'),
  wrongRoot: withOtherRoot,
  processingInstruction: (document: string) => document.replace(rootTag, '$&<?sloop instruction?>'),
} as const

export const xml = row({
  point: 'document',
  values: z.enum(['extraAttribute', 'wrongOrder', 'doctype', 'comment', 'wrongRoot', 'processingInstruction']),
  says: 'Makes the XML of the message other than the schema has it, or gives it what no SAML message may have.',
  onTheWire:
    'extraAttribute: Unknown="1" at the root; wrongOrder: the Issuer stands last; doctype: a DOCTYPE; comment, processingInstruction: one as the first child of the root; wrongRoot: an AuthnRequest with the same header in place of a logout message, a LogoutResponse in place of a Response.',
  bugs: ['J5', 'D12', 'B5'],
  make: (document, value) => edits[value](document),
})
