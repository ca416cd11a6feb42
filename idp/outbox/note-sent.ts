import type { PostForm } from '#saml/bindings/post'
import { lastPart } from '#saml/messages/status'
import type { Seen, Wire } from '#server/journal/seen'
import type { IdpParts } from '../parts.ts'
import type { Draft } from './draft.ts'
import type { Outgoing } from './outgoing.ts'

/** Writes a message into the journal as it is sent, or handed to somebody who has it delivered; and each fault that acts on it. */
export function noteSent({ config }: Pick<IdpParts, 'config'>, outgoing: Outgoing, minted?: 'minted'): void {
  const { id, draft, way: binding, document, faults, unmade: notMade } = outgoing
  const { kind: what, user } = draft
  const [from, to] = [config.entityId, draft.to.spEntityId]
  const wire = wireOf(outgoing, config.endpoints.sloSoapUrl)
  config.journal.note({
    what,
    direction: 'sent',
    from,
    to,
    binding,
    id,
    user,
    wire,
    document,
    faults,
    notMade,
    minted: minted && true,
    ...saidIn(draft),
  })
  for (const fault of faults ?? []) config.journal.note({ what: 'fault', from, to, id, faults: [fault] })
}

type Said = Pick<Seen, 'inResponseTo' | 'nameId' | 'sessionIndexes' | 'status'>

function saidIn(draft: Draft): Said {
  if (draft.kind === 'LogoutRequest') {
    const { nameId, sessionIndexes } = draft.fields
    return { nameId: valueIn(nameId), sessionIndexes }
  }
  const { inResponseTo, status } = draft.fields
  const answer = { inResponseTo, status: status?.codes.map(lastPart) }
  return draft.kind === 'Response' ? { ...answer, ...namedIn(draft.fields.assertions) } : answer
}

type Assertions = Extract<Draft, { kind: 'Response' }>['fields']['assertions']

function namedIn(assertions: Assertions): Said {
  const [first] = assertions
  if (first === undefined) return {}
  const sessionIndexes = first.authnStatements.flatMap(({ sessionIndex }) => sessionIndex ?? [])
  return { nameId: valueIn(first.subject?.nameId), sessionIndexes }
}

/** Another element may stand in the place of a NameID: then there is no value to be read. */
const valueIn = (nameId: object | undefined): string | undefined =>
  nameId !== undefined && 'value' in nameId ? String(nameId.value) : undefined

/** As it travels. The answer in an exchange has no address but the one that was called. */
function wireOf(outgoing: Outgoing, calledAt: string): Wire {
  switch (outgoing.way) {
    case 'redirect':
      return { method: 'GET', url: outgoing.url }
    case 'post':
      return { method: 'POST', url: outgoing.form.action, body: formText(outgoing.form.fields) }
    case 'soap':
      return { method: 'POST', url: outgoing.endpoint ?? calledAt, body: outgoing.body }
  }
}

/** As a browser posts it. The message is base64, in which few characters need an escape: asking for these alone takes a fifth of the time. */
function formText([message, ...others]: PostForm['fields']): string {
  const rest = others.map(({ name, value }) => `&${new URLSearchParams([[name, value]])}`)
  return message === undefined ? '' : [message.name, '=', escaped(message.value), ...rest].join('')
}

const escapes = { '+': '%2B', '/': '%2F', '=': '%3D', '\r': '%0D', '\n': '%0A' }

const escaped = (base64: string): string =>
  Object.entries(escapes).reduce((text, [character, written]) => text.replaceAll(character, written), base64)
