import type { Rule } from '#saml/rules/rule'
import type { Received } from './received.ts'
import { nothingToAsk } from './receiver.ts'
import { judgeQuerySignature } from './signatures.ts'

/** Rules about what carried a message, and about its document as such. */
type CarriageRule = Rule<Received>

const redirect = 'saml-bindings-2.0 §3.4.4.1'

export const queryIsWellFormed: CarriageRule = {
  rule: 'queryIsWellFormed',
  code: 'SAML_QUERY_MALFORMED',
  clause: redirect,
  ask: ({ query }) => void query.make(),
}

export const holdsTheMessage: CarriageRule = {
  rule: 'holdsTheMessage',
  code: 'SAML_MESSAGE_MISSING',
  clause: redirect,
  ask: ({ encoded }) => void encoded.make(),
}

export const signatureIsBase64: CarriageRule = {
  rule: 'signatureIsBase64',
  code: 'SAML_BASE64',
  clause: redirect,
  expects: 'base64',
  ask: ({ querySignature, receiver }) => {
    if (querySignature.make() === undefined) nothingToAsk(receiver, 'the query is not signed')
  },
}

export const signedByTheIdp: CarriageRule = {
  rule: 'signedByTheIdp',
  code: 'SAML_SIGNATURE',
  clause: redirect,
  ask: ({ query, querySignature, receiver }) => {
    const signature = querySignature.get()
    if (signature === undefined) nothingToAsk(receiver, 'the query is not signed')
    else judgeQuerySignature(signature, query.get(), receiver)
  },
}

export const messageIsBase64: CarriageRule = {
  rule: 'messageIsBase64',
  code: 'SAML_BASE64',
  clause: redirect,
  expects: 'base64',
  ask: ({ octets }) => void octets.make(),
}

export const messageIsDeflated: CarriageRule = {
  rule: 'messageIsDeflated',
  code: 'SAML_DEFLATE',
  clause: redirect,
  expects: 'raw DEFLATE',
  ask: ({ document, carried, receiver }) => {
    document.make()
    if (carried.carrier !== 'query') nothingToAsk(receiver, 'it did not come in a query')
  },
}

export const documentIsValid: CarriageRule = {
  rule: 'documentIsValid',
  code: 'SAML_XML',
  clause: 'saml-core-2.0 §1.1',
  expects: 'a document that the SAML schemas allow',
  ask: ({ root }) => void root.make(),
}

export const isOfItsKind: CarriageRule = {
  rule: 'isOfItsKind',
  code: 'SAML_ROOT',
  clause: 'saml-core-2.0 §3.2',
  ask: ({ message }) => void message.make(),
}

export const documentSignedByTheIdp: CarriageRule = {
  rule: 'documentSignedByTheIdp',
  code: 'SAML_SIGNATURE',
  clause: 'saml-core-2.0 §5.4.2',
  ask: (received) => {
    if (received.isSigned()) received.covered.make()
    else nothingToAsk(received.receiver, 'the document is not signed')
  },
}
