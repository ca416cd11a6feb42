import { z } from 'zod'
import { row } from './change-row.ts'

/** Each finds the root's start tag behind the declaration. */
const rootTag = /<(saml2p:\w+)((?:\s[^>]*?)?)(\/?)>/

const otherRoot: Readonly<Record<string, string>> = {
  'saml2p:LogoutRequest': 'saml2p:LogoutResponse',
  'saml2p:LogoutResponse': 'saml2p:LogoutRequest',
  'saml2p:Response': 'saml2p:AuthnRequest',
}

const edits = {
  extraAttribute: (document: string) => document.replace(rootTag, '<$1$2 Unknown="1"$3>'),
  wrongOrder: (document: string) =>
    document.replace(/^(.*?)(<saml2:Issuer\b.*?<\/saml2:Issuer>)(.*)(<\/saml2p:\w+>)$/s, '$1$3$2$4'),
  doctype: (document: string) => document.replace(rootTag, '<!DOCTYPE $1>$&'),
  comment: (document: string) => document.replace(rootTag, '$&<!-- a comment -->'),
  wrongRoot: (document: string) =>
    Object.entries(otherRoot)
      .filter(([name]) => document.includes(`<${name}`))
      .reduce(
        (text, [name, other]) => text.replace(`<${name}`, `<${other}`).replace(`</${name}>`, `</${other}>`),
        document,
      ),
  processingInstruction: (document: string) => document.replace(rootTag, '$&<?sloop instruction?>'),
} as const

export const xml = row({
  point: 'document',
  values: z.enum(['extraAttribute', 'wrongOrder', 'doctype', 'comment', 'wrongRoot', 'processingInstruction']),
  says: 'Makes the XML of the message other than the schema has it, or gives it what no SAML message may have.',
  onTheWire:
    'extraAttribute: Unknown="1" at the root; wrongOrder: the Issuer stands last; doctype: a DOCTYPE; comment, processingInstruction: one as the first child of the root; wrongRoot: the name of another message.',
  bugs: ['J5', 'D12', 'B5'],
  make: (document, value) => edits[value](document),
})
