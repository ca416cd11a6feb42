import { expect, test } from 'vitest'
import { entriesOf, received, sent } from '../diagram/entry.test-support.ts'
import { neighboursOf, signedOctets } from './entry-parts.ts'

const octetsOf = (query: string): string | undefined => {
  const [entry] = entriesOf({ ...sent, wire: { method: 'GET', url: `http://app.test/logout?${query}`, body: null } })
  return entry && signedOctets(entry)
}

test('the signature of a redirect is over its parameters in the order of the clause, spelled as they were sent', () => {
  expect(octetsOf('own=1&RelayState=r%2b&SAMLRequest=a%2Bb&SigAlg=x&Signature=s')).toBe(
    'SAMLRequest=a%2Bb&RelayState=r%2b&SigAlg=x',
  )
  expect(octetsOf('SAMLRequest=a')).toBeUndefined()
})

test('an entry knows the same message of the other side, its request, its answers, and who stands beside it', () => {
  const answer = { what: 'LogoutResponse', id: '_2', inResponseTo: '_1' } as const
  const entries = entriesOf(sent, received, answer)
  const of = (index: number) => entries[index] && neighboursOf(entries[index], entries)
  expect(of(0)).toEqual({ same: [2], request: [], answers: [3], previous: undefined, next: 2 })
  expect(of(2)).toEqual({ same: [], request: [1, 2], answers: [], previous: 2, next: undefined })
})
