import { isExtra, type QueryPart, type QueryParts } from './query-parts.ts'
import { asItCame, type Variant, type Way } from './way.ts'

type Selection = readonly QueryPart[]

/** What may have been signed of a query: which of its parameters, in which order. The first one or two are what receivers take. */
export function selectionsOf(parts: QueryParts): readonly Variant<Selection>[] {
  const { message, relayState, sigAlg } = parts
  return [
    ...asReceiversTake(parts),
    ...otherOrders(parts),
    relayState === undefined ? withEmptyRelayState(message, sigAlg) : withoutRelayState(message, sigAlg),
    { it: present(message, relayState), ways: [withoutSigAlg] },
    { it: [message], ways: [messageAlone(message)] },
  ]
}

const present = (...parts: readonly (QueryPart | undefined)[]): Selection => parts.filter((part) => part !== undefined)
const textOf = (selection: Selection) => selection.map(({ raw }) => raw).join('&')
const namesOf = (selection: Selection) => selection.map(({ name }) => name.slice(0, 64)).join(', ')

/** One receiver puts the parameters in the order of the binding, another takes all that stands in front of Signature as it came. */
function asReceiversTake(parts: QueryParts): readonly Variant<Selection>[] {
  const { message, relayState, sigAlg, signature, all } = parts
  const ofBinding = present(message, relayState, sigAlg)
  const before = all.slice(0, all.indexOf(signature))
  const whole = all.filter((part) => part !== signature)
  if (textOf(ofBinding) === textOf(whole)) {
    if (textOf(before) === textOf(whole)) return [asItCame(ofBinding)]
    return [{ it: ofBinding, ways: [inOrderOfBinding(whole)] }, over(before)]
  }
  return [
    { it: ofBinding, ways: [whole.some(isExtra) ? withoutExtras(whole) : inOrderOfBinding(whole)] },
    over(before),
    over(whole),
  ]
}

const inOrderOfBinding = (came: Selection): Way => ({
  how: 'with the parameters in the order of the binding',
  why: `they came otherwise, as ${namesOf(came)} around Signature`,
})

function withoutExtras(came: Selection): Way {
  const extras = namesOf(came.filter(isExtra))
  return {
    how: `without [${extras}]`,
    why: 'that is no parameter of the binding, and was not there when it was signed',
  }
}

function over(selection: Selection): Variant<Selection> {
  const why = selection.some(isExtra)
    ? 'the sender signed parameters that are none of the binding too'
    : 'the sender signed these, where the binding wants the message, RelayState and SigAlg'
  return { it: selection, ways: [{ how: `over ${namesOf(selection)} as they came`, why }] }
}

function otherOrders({ message, relayState, sigAlg }: QueryParts): readonly Variant<Selection>[] {
  const orders = [
    present(relayState, message, sigAlg),
    present(message, sigAlg, relayState),
    present(sigAlg, message, relayState),
    present(relayState, sigAlg, message),
  ]
  return orders.map((it) => ({
    it,
    ways: [{ how: `in the order ${namesOf(it)}`, why: 'the sender signed it so, and the binding has another order' }],
  }))
}

const withoutRelayState = (...parts: readonly (QueryPart | undefined)[]): Variant<Selection> => ({
  it: present(...parts),
  ways: [{ how: 'without RelayState', why: 'the sender did not sign it, or it was added after the signature' }],
})

function withEmptyRelayState(message: QueryPart, sigAlg: QueryPart | undefined): Variant<Selection> {
  const empty = { name: 'RelayState', raw: 'RelayState=', rawValue: '', value: '' }
  const way = {
    how: 'with an empty RelayState',
    why: 'the sender signed one that it did not send, or it was left out on the way',
  }
  return { it: present(message, empty, sigAlg), ways: [way] }
}

const withoutSigAlg: Way = { how: 'without SigAlg', why: 'the sender did not sign it' }
const messageAlone = ({ name }: QueryPart): Way => ({
  how: `over ${name} alone`,
  why: 'the sender signed neither RelayState nor SigAlg',
})
