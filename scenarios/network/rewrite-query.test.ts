import { expect, test } from 'vitest'
import { type QueryRewriting, queryRewritings, rewriteQuery } from './rewrite-query.ts'

// spec/logout-bugs.md 4.1 (Network) and scenarios 24 and 25.

test.each<[QueryRewriting, string, string]>([
  ['reordered', 'SAMLRequest=a&SigAlg=b&Signature=c', 'Signature=c&SigAlg=b&SAMLRequest=a'],
  ['reordered', 'a=1&b=2&a=3', 'b=2&a=1&a=3'],
  ['escapedAnew', 'SigAlg=http%3A%2F%2Fwww.w3.org', 'SigAlg=http://www.w3.org'],
  ['escapedAnew', 'a=%2b%2f%3d', 'a=%2B/%3D'],
  ['escapedAnew', 'a+b=c+d%20e', 'a%20b=c%20d%20e'],
  ['escapedAnew', 'RelayState=%26%23%25', 'RelayState=%26%23%25'],
  ['escapedAnew', 'RelayState=z%c3%bcrich', 'RelayState=z%C3%BCrich'],
  ['escapedAnew', Buffer.from('RelayState=zürich').toString('latin1'), 'RelayState=z%C3%BCrich'],
  ['escapedAnew', 'a%3Db=c%zz%2', 'a%3Db=c%25zz%252'],
  ['escapedAnew', 'sls&a=&=b&c=d=e', 'sls&a=&=b&c=d%3De'],
  ['lowerHex', 'A%2FB=C%3DD%C3%BC', 'A%2fB=C%3dD%c3%bc'],
  ['upperHex', 'a%2fb=c%3dd%c3%bc', 'a%2Fb=c%3Dd%C3%BC'],
  ['withoutEmpty', 'SAMLRequest=a&RelayState=&sls&&Signature=c', 'SAMLRequest=a&Signature=c'],
  ['withoutEmpty', 'RelayState=', ''],
  ['plusForPercent20', 'a%20b=c%20%2520', 'a+b=c+%2520'],
  ['percent20ForPlus', 'a+b=c+%2B', 'a%20b=c%20%2B'],
  ['plusToSpace', 'Signature=a%2Bb%2bc%20d', 'Signature=a+b+c%20d'],
])('%s makes [%s] into [%s]', (how, query, rewritten) => {
  expect(rewriteQuery(query, how)).toBe(rewritten)
})

test.each<[QueryRewriting, string]>([
  ['reordered', 'a=1&a=2'],
  ['reordered', ''],
  ['escapedAnew', 'a=b%2B/:@?%20'],
  ['lowerHex', 'A%ZZ=%2%f'],
  ['upperHex', 'a%zz=b%'],
  ['withoutEmpty', 'a=b&==&c=%20'],
  ['plusForPercent20', 'a=b+%2520'],
  ['percent20ForPlus', 'a=b%2B%20'],
  ['plusToSpace', 'a=b+%252B'],
])('%s has nothing to do to [%s]', (how, query) => {
  expect(rewriteQuery(query, how)).toBe(query)
})

const everyRewriting = Object.keys(queryRewritings) as QueryRewriting[]
const read = (query: string) => [...new URLSearchParams(query)].toSorted()

test.each(everyRewriting.filter((how) => how !== 'withoutEmpty' && how !== 'plusToSpace'))(
  'who reads parameters finds after %s what was there before',
  (how) => {
    const query = 'SAMLRequest=fZ%2b%2F%3D%3D&RelayState=&a%3Db=c+d%20e%26%3d&SigAlg=http%3A%2F%2Fx%23rsa&SigAlg=%c3%bc'
    expect(rewriteQuery(query, how)).not.toBe(query)
    expect(read(rewriteQuery(query, how))).toEqual(read(query))
  },
)

test.each<[QueryRewriting, string]>([
  ['plusToSpace', 'SAMLRequest=a%2B&Signature=b+&RelayState='],
  ['withoutEmpty', 'SAMLRequest=a%2B&Signature=b%2B&RelayState='],
])('%s of one parameter leaves the others alone', (how, expected) => {
  expect(rewriteQuery('SAMLRequest=a%2B&Signature=b%2B&RelayState=', how, 'Signature')).toBe(expected)
})
