import { expect, test } from 'vitest'
import { nearest, similarOnes } from './suggestions.ts'

test('suggests the known word that is most similar', () => {
  expect(nearest('sp.entity_idd', ['sp.acs', 'sp.entity_id', 'idp.entity_id'])).toBe('sp.entity_id')
})

test('suggests nothing when nothing is more than half similar', () => {
  // es: query scores 0.42 against query_string and 0.45 against queryString
  expect(nearest('query', ['query_string', 'queryString'])).toBeUndefined()
})

test('a similarity of exactly 0.5 is not enough', () => {
  expect(similarOnes('ab', ['ax'])).toEqual([])
})

test('lists similar words best first, and equally similar ones in alphabetical order', () => {
  expect(similarOnes('realm', ['realms', 'real', 'realm_', 'acs'])).toEqual(['realm_', 'realms', 'real'])
})

test('suggests nothing for nothing', () => {
  expect(nearest('', ['realm'])).toBeUndefined()
})

test('letters that changed places are no other word, and nothing that Elasticsearch would suggest', () => {
  expect([nearest('ipd', ['es', 'idp']), similarOnes('ipd', ['es', 'idp'])]).toEqual(['idp', []])
  expect(nearest('ipd', ['es', 'app'])).toBeUndefined()
})
