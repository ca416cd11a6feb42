import type { NamedValues } from '../cli/named-values.ts'
import type { DescribedOperation } from '../control/describe-operations.ts'
import { type FormField, isText } from './form-fields.ts'
import type { KnownHere } from './known-here.ts'

/** What each field names; of an operation alone where its name stands before. */
const named: Readonly<Record<string, keyof KnownHere>> = {
  user: 'users',
  username: 'users',
  session: 'sessions',
  to: 'serviceProviders',
  party: 'parties',
  'armFault party': 'writers',
  realm: 'realms',
  'path.party': 'parties',
  'path.entityId': 'serviceProviders',
  'deleteUser path.name': 'users',
  'changePartner path.name': 'partners',
  'endSession path.id': 'sessions',
  'disarmFault path.id': 'faults',
  'endTokens path.id': 'tokens',
  'removeLab path.id': 'labs',
}

/** More than anybody chooses from: the newest. */
const mostSuggested = 50

/**
 * The fields of an operation with what there is here that they can name, and an example that can be sent as it stands: what it names is there.
 * Nothing that would be ended is chosen beforehand.
 */
export function fieldsHere(
  fields: readonly FormField[],
  { name: operation, method }: Pick<DescribedOperation, 'name' | 'method'>,
  known: KnownHere,
): readonly FormField[] {
  return fields.map((field) => {
    const { name, type, value, required } = field
    const list = isText(type) ? (named[`${operation} ${name}`] ?? named[name]) : undefined
    if (list === undefined) return field
    const there = known[list]
    const isThere = there.some((each) => each.value === value)
    const isWanted = value !== '' || (required && method !== 'DELETE')
    const first = isWanted && !isThere ? (there[0]?.value ?? value) : value
    return { ...field, value: first, known: there.slice(-mostSuggested) }
  })
}

/** An operation whose example speaks of the newest session where there is one: what is minted of it is right. */
export function exampleHere(operation: DescribedOperation, { sessions }: KnownHere): DescribedOperation {
  const newest = sessions.at(-1)
  const to = newest?.serviceProviders.at(-1)
  if (operation.name !== 'mint' || newest === undefined || to === undefined) return operation
  const { nameId: _, ...example } = operation.example as NamedValues
  return { ...operation, example: { ...example, to, session: newest.value } }
}
