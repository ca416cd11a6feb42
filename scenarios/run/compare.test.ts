import { expect, test } from 'vitest'
import { allSignedOut, type Expected, neverSignedIn, signedIn, signedOut } from '../scenario/expected.ts'
import { answerDifferences, claimDifferences, truthDifferences } from './compare.ts'

const page = { url: 'http://app.test/', text: 'You are logged out.\nGoodbye' }

test.each<[Expected['claim'], readonly string[]]>([
  [undefined, []],
  ['logged out', []],
  [['logged out', 'Goodbye'], []],
  [
    ['logged out', 'Hello'],
    ['the last page, http://app.test/, does not say [Hello] but [You are logged out.\nGoodbye]'],
  ],
])('of %j the last page lacks %j', (claim, differences) => {
  expect(claimDifferences({ ...(claim !== undefined && { claim }) }, page)).toEqual(differences)
})

test('each fact that is otherwise is told by its name, party and browser', () => {
  const should = {
    ...allSignedOut,
    others: { second: signedOut },
    elsewhere: { phone: { ...allSignedOut, others: { wiki: { application: 'signedIn' as const } } } },
  }
  const is = {
    ...allSignedOut,
    idpSession: 'alive' as const,
    others: { second: { ...signedOut, accessToken: 'alive' as const } },
    elsewhere: { phone: { ...allSignedOut, others: { wiki: { application: 'signedOut' as const } } } },
  }
  expect(truthDifferences({ proven: should }, should)).toEqual([])
  expect(truthDifferences({ proven: should }, is)).toEqual([
    'idpSession is alive, expected dead',
    'second: accessToken is alive, expected dead',
    'phone: wiki: application is signedOut, expected signedIn',
  ])
})

test('to a party of which nothing is said nobody has signed in', () => {
  const unused = { ...allSignedOut, others: { second: neverSignedIn, wiki: { application: 'signedOut' as const } } }
  expect(truthDifferences({ proven: allSignedOut }, unused)).toEqual([])
  const used = { ...allSignedOut, others: { second: signedIn } }
  expect(truthDifferences({ proven: allSignedOut }, used)).toEqual([
    'second: application is signedIn, expected signedOut',
    'second: accessToken is alive, expected none',
    'second: refreshToken is alive, expected none',
  ])
})

test('what is expected of a party or browser that is not there differs', () => {
  const wanted = {
    ...allSignedOut,
    others: { wikki: { application: 'signedOut' as const } },
    elsewhere: { phone: { ...neverSignedIn, idpSession: 'dead' as const } },
  }
  expect(truthDifferences({ proven: wanted }, allSignedOut)).toEqual([
    'wikki: application is looked for in vain, expected signedOut',
    'phone: application is looked for in vain, expected signedOut',
    'phone: accessToken is looked for in vain, expected none',
    'phone: refreshToken is looked for in vain, expected none',
    'phone: idpSession is looked for in vain, expected dead',
  ])
})

test('where nothing is expected of the truth, nothing differs', () => {
  expect(truthDifferences({}, undefined)).toEqual([])
})

const accepted = { what: 'LogoutRequest', refusal: null, invalidated: 1 }
const refused = { what: 'LogoutRequest', refusal: 'SAML_SIGNATURE' }

test('what a realm made of each message is held against what it should, also where there is one too many or too few', () => {
  expect(answerDifferences({}, [accepted])).toEqual([])
  expect(answerDifferences({ answers: [accepted, refused] }, [accepted, refused])).toEqual([])
  expect(answerDifferences({ answers: [accepted, refused] }, [refused])).toEqual([
    'message 1 is a LogoutRequest that is refused with SAML_SIGNATURE, expected a LogoutRequest that is accepted and ends 1 pairs of tokens',
    'message 2 is none, expected a LogoutRequest that is refused with SAML_SIGNATURE',
  ])
  expect(answerDifferences({ answers: [] }, [{ what: 'Response', refusal: null }])).toEqual([
    'message 1 is a Response that is accepted, expected none',
  ])
})
