import { z } from 'zod'
import { encryptElement } from '#saml/encryption/encrypt-element'
import { type NameId, nameIdElement } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'
import { writeFragment, type XmlNode, xml } from '#saml/xml/build'
import { findEncryption } from '../directory/sp-encryption.ts'
import type { Draft } from '../outbox/draft.ts'
import { type Met, own, row, text } from './change-row.ts'

/** The changes of who is meant: NameID and SessionIndex. */

const part = z.union([z.enum(['omit', 'alter']), own]).optional()
const parts = z
  .strictObject({ value: part, format: part, nameQualifier: part, spNameQualifier: part, spProvidedId: part })
  .refine((said) => Object.keys(said).length > 0, {
    message: 'expected at least one of value, format, nameQualifier, spNameQualifier, spProvidedId',
  })

type Parts = z.output<typeof parts>

const names = z.union([z.enum(['none', 'base', 'encrypted', 'shared']), parts])

export const nameId = row({
  point: 'draft',
  values: names,
  says: 'Names the user otherwise than the participant was given it.',
  onTheWire:
    'none: no NameID; base: a BaseID in its place; encrypted: an EncryptedID; shared: the value "shared", which all users have; or each part omitted, altered, or with a value of its own.',
  bugs: ['C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C12', 'C17'],
  whyNot: (value, { draft, parts: { serviceProviders } }) => {
    if (nameIdOf(draft) === undefined) return 'this message names nobody'
    if (value !== 'encrypted') return undefined
    const metadata = serviceProviders.find(draft.to.spEntityId)
    return metadata && findEncryption(metadata) ? undefined : 'the service provider has no key for encryption'
  },
  make: (draft, value, met) => withNameId(draft, (name) => changedName(name, value, met)),
})

function nameIdOf(draft: Draft) {
  if (draft.kind === 'LogoutRequest') return draft.fields.nameId
  return draft.kind === 'Response' ? draft.fields.assertions[0]?.subject?.nameId : undefined
}

type Name = NameId | XmlNode | undefined

function withNameId(draft: Draft, change: (name: NameId) => Name): Draft {
  const changed = (name: Name) => (name === undefined || 'children' in name ? name : change(name))
  if (draft.kind === 'LogoutRequest') {
    return { ...draft, fields: { ...draft.fields, nameId: changed(draft.fields.nameId) } }
  }
  if (draft.kind !== 'Response') return draft
  const assertions = draft.fields.assertions.map((assertion) => {
    const { subject } = assertion
    return { ...assertion, subject: subject && { ...subject, nameId: changed(subject.nameId) } }
  })
  return { ...draft, fields: { ...draft.fields, assertions } }
}

function changedName(name: NameId, value: z.output<typeof names>, { draft, parts }: Met): Name {
  if (typeof value !== 'string') return withParts(name, value)
  switch (value) {
    case 'none':
      return undefined
    case 'shared':
      return { ...name, value: 'shared' }
    case 'base':
      return baseId(name)
    case 'encrypted': {
      const metadata = parts.serviceProviders.find(draft.to.spEntityId)
      const choice = metadata && findEncryption(metadata)
      if (choice === undefined) throw new TypeError('what cannot be made was to be told before')
      return encryptElement(writeFragment(nameIdElement(name)), 'EncryptedID', choice)
    }
  }
}

/** BaseID is abstract: its type says what it is (saml-core-2.0 §2.2.1). Its extension is nobody's. */
function baseId({ nameQualifier, spNameQualifier }: NameId): XmlNode {
  const attributes = { NameQualifier: nameQualifier, SPNameQualifier: spNameQualifier }
  return xml('saml2:BaseID', { ...attributes, 'xsi:type': 'saml2:BaseIDAbstractType' })
}

const alter: { readonly [Part in keyof NameId]-?: (right: string | undefined) => string } = {
  value: (right) => `${right}-other`,
  format: (right) => (right === NAME_ID_FORMAT.persistent ? NAME_ID_FORMAT.emailAddress : NAME_ID_FORMAT.persistent),
  nameQualifier: (right = 'urn:sloop') => `${right}-other`,
  spNameQualifier: (right = 'urn:sloop') => `${right}-other`,
  spProvidedId: (right = 'sloop') => `${right}-other`,
}

function withParts(name: NameId, said: Parts): NameId {
  const changed = Object.entries(said).map(([part, how]) => [part, how && changedPart(name, part as keyof NameId, how)])
  return { ...name, ...Object.fromEntries(changed) }
}

function changedPart(name: NameId, part: keyof NameId, how: NonNullable<Parts['value']>): string | undefined {
  if (typeof how !== 'string') return how.value
  if (how === 'alter') return alter[part](name[part])
  return part === 'value' ? '' : undefined
}

const wrongIndex = '_wrong'
const sharedIndex = '_shared'

const indexes = z.union([
  z.enum(['none', 'wrong', 'empty', 'shared']),
  z.strictObject({ list: z.array(text).max(100) }),
])

export const sessionIndex = row({
  point: 'draft',
  values: indexes,
  says: 'Names the session otherwise than the participant was given it.',
  onTheWire:
    'none: no SessionIndex; wrong: _wrong; empty: an element or attribute without text; list: these, in this order; shared (of a Response): _shared, which all logins have.',
  bugs: ['C1', 'C2', 'C3', 'C4', 'C5', 'C13', 'C17'],
  whyNot: (value, { draft }) => {
    if (draft.kind === 'LogoutResponse') return 'a LogoutResponse names no session'
    if (draft.kind === 'LogoutRequest') {
      return value === 'shared'
        ? 'only a Response has it, expected none, wrong, empty or {"list":["_shared"]}'
        : undefined
    }
    return draft.fields.assertions.length === 0 ? 'this message names no session' : undefined
  },
  make: (draft, value) => {
    const wanted = indexesOf(value)
    if (draft.kind === 'LogoutRequest') return { ...draft, fields: { ...draft.fields, sessionIndexes: wanted } }
    if (draft.kind !== 'Response') return draft
    const assertions = draft.fields.assertions.map((assertion) => {
      const [statement] = assertion.authnStatements
      if (statement === undefined) return assertion
      const said: readonly (string | undefined)[] = wanted.length === 0 ? [undefined] : wanted
      return { ...assertion, authnStatements: said.map((index) => ({ ...statement, sessionIndex: index })) }
    })
    return { ...draft, fields: { ...draft.fields, assertions } }
  },
})

function indexesOf(value: z.output<typeof indexes>): readonly string[] {
  if (typeof value !== 'string') return value.list
  return { none: [], wrong: [wrongIndex], empty: [''], shared: [sharedIndex] }[value]
}
