import { expect, test } from 'vitest'
import { greeting, jsonLine } from './announcement.ts'

const close = async () => undefined
const everything = {
  idpUrl: 'http://idp.localhost:7070',
  esUrl: 'http://localhost:9200',
  appUrl: 'http://app.localhost:5601',
  close,
}

test('the JSON line names every role that runs', () => {
  expect(jsonLine(everything)).toBe(
    '{"ready":true,"idp":"http://idp.localhost:7070","es":"http://localhost:9200","app":"http://app.localhost:5601","partners":[]}\n',
  )
})

test('the JSON line names every partner', () => {
  const partnerUrls = { wiki: 'http://wiki.localhost:5602', mail: 'http://mail.localhost:5603' }
  expect(JSON.parse(jsonLine({ partnerUrls, close })).partners).toEqual(Object.values(partnerUrls))
})

test('the greeting names every partner, and where the metadata of one that runs alone is', () => {
  const text = greeting({ partnerUrls: { partner: 'http://partner.localhost:5602' }, close }, 'the default world')
  expect(text).toMatch(/^ {2}Partner +http:\/\/partner\.localhost:5602 +a service provider of another make/m)
  expect(text).toContain('\nIts metadata is at http://partner.localhost:5602/saml/metadata.\n')
})

test('the JSON line has no key for a role that does not run', () => {
  expect(jsonLine({ esUrl: 'http://localhost:9200', close })).toBe(
    '{"ready":true,"es":"http://localhost:9200","partners":[]}\n',
  )
})

test('the greeting says where to begin', () => {
  expect(greeting(everything, 'the default world')).toContain(
    '\nOpen http://app.localhost:5601 in a browser to begin.\nCtrl-C stops.\n',
  )
})

test('the greeting says which world runs', () => {
  expect(greeting(everything, 'the world of a.yml')).toContain('\nIt runs the world of a.yml.\n')
})

test('the greeting speaks only of roles that run', () => {
  const text = greeting({ idpUrl: 'http://idp.localhost:7070', close }, 'the world of a.yml')
  expect(text).toContain('\nIts metadata is at http://idp.localhost:7070/metadata.\n')
  expect(text).not.toMatch(/Application|Elasticsearch/)
})
