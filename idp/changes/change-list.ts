import { z } from 'zod'
import { destination, issuer } from './addresses.ts'
import { inResponseTo, status } from './answers.ts'
import { base64, deflate, escapes, space } from './encodings.ts'
import { algorithm, key } from './keys.ts'
import { id, issueInstant, notOnOrAfter } from './moments.ts'
import { nameId, sessionIndex } from './names.ts'
import { parameters } from './parameters.ts'
import { relayState } from './relay-state.ts'
import { address, binding, delivery } from './sendings.ts'
import { signature } from './signature.ts'
import { xml } from './xml.ts'

/** Every change there is (`spec/contract.md` §2.5). Those of one point are made in this order. */
export const changes = {
  signature,
  key,
  algorithm,
  parameters,
  escapes,
  space,
  deflate,
  base64,
  relayState,
  nameId,
  sessionIndex,
  status,
  inResponseTo,
  destination,
  issuer,
  id,
  issueInstant,
  notOnOrAfter,
  xml,
  binding,
  address,
  delivery,
} as const

export type ChangeName = keyof typeof changes

/** What may be wrong about one message: any of these, which combine freely. */
export type Change = { readonly [Name in ChangeName]?: z.output<(typeof changes)[Name]['values']> | undefined }

export const changeNames = Object.keys(changes) as readonly ChangeName[]

/** A change as a schema of its own, for descriptions; `checkChange` has the better sentences. */
export const changeSchema = () =>
  z.strictObject(Object.fromEntries(changeNames.map((name) => [name, (changes[name].values as z.ZodType).optional()])))

/** The list as outsiders see it; `values` is a JSON schema. */
export const describeChanges = () =>
  changeNames.map((name) => {
    const { point, values, says, onTheWire, bugs } = changes[name]
    const { $schema: _, ...schema } = z.toJSONSchema(values, { io: 'input' })
    return { name, point, values: schema, says, onTheWire, bugs: [...bugs] }
  })
