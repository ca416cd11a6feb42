import { expect, test } from 'vitest'
import { checkGiven } from './check-given.ts'
import { explainRequest, instantIn, presentedIn } from './explain-schema.ts'
import { refusal } from './refusal.test-support.ts'

const given = (said: object) => checkGiven(explainRequest, said)

test('an address is cut at its first question mark, and nothing of it is decoded', () => {
  expect(presentedIn(given({ url: 'http://a.test/logout?x=%2b&y=a?b#c' }))).toEqual({
    ...{ carrier: 'query', queryString: 'x=%2b&y=a?b#c', address: 'http://a.test/logout' },
  })
})

test.each([
  [{ queryString: 'a=b' }, { carrier: 'query', queryString: 'a=b' }],
  [{ form: { SAMLResponse: 'YQ==' } }, { carrier: 'form', fields: { SAMLResponse: 'YQ==' } }],
  [{ document: '<a/>' }, { carrier: 'document', document: '<a/>' }],
])('%j is taken as it is', (said, presented) => {
  expect(presentedIn(given(said))).toEqual(presented)
})

test('the instant is told in milliseconds, and none is now', () => {
  expect(instantIn(given({ queryString: '', at: '2031-05-04T12:00:00Z' }))).toBe(Date.UTC(2031, 4, 4, 12))
  expect(instantIn(given({ queryString: '', at: null }))).toBeUndefined()
})

test.each([
  [{}, 'url', 'url: expected a text, found nothing; or queryString or form or document in its place'],
  [{ queryString: '', document: '<a/>' }, 'document', 'document: queryString says this already'],
  [{ url: 'http://a.test/' }, 'url', 'url: expected an address with a query, found one without'],
  [{ url: '' }, 'url', 'url: expected a text that is not empty, found an empty text'],
  [{ queryString: '', at: 'noon' }, 'at', 'at: expected an instant such as 2031-05-04T12:00:00.000Z, found [noon]'],
  [{ queryStrings: '' }, 'queryStrings', 'queryStrings: unknown key, did you mean queryString?'],
])('%j is refused', async (said, path, message) => {
  expect(await refusal(Promise.resolve().then(() => given(said)))).toMatchObject({ type: 'invalid', path, message })
})
