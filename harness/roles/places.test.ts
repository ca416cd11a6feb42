import { expect, test } from 'vitest'
import { placesOf } from './places.ts'

const hostname = (usual: string) => usual
const two = { applications: ['app', 'second'], partners: ['wiki', 'mail'], hostname }
const portsOf = (places: ReturnType<typeof placesOf>) => places.map(({ name, port }) => `${name} ${port}`)

test('the first of several has the port of the role, each further one the next', () => {
  expect(portsOf(placesOf({ idpPort: 1, esPort: 2, appPort: 10, partnerPort: 20 }, two))).toEqual([
    'idp 1',
    'es 2',
    'app 10',
    'second 11',
    'wiki 20',
    'mail 21',
  ])
})

test('0 is a free port for each', () => {
  const places = placesOf({ idpPort: 0, esPort: 0, appPort: 0, partnerPort: 0 }, two)
  expect(places.map(({ port }) => port)).toEqual([0, 0, 0, 0, 0, 0])
})

test('partners are at 5602, or behind the applications where one of them is there', () => {
  expect(portsOf(placesOf({}, { ...two, applications: ['app'] })).slice(2)).toEqual([
    'app 5601',
    'wiki 5602',
    'mail 5603',
  ])
  expect(portsOf(placesOf({}, two)).slice(2)).toEqual(['app 5601', 'second 5602', 'wiki 5603', 'mail 5604'])
  expect(portsOf(placesOf({ appPort: 7000 }, two)).slice(2)).toEqual([
    'app 7000',
    'second 7001',
    'wiki 5602',
    'mail 5603',
  ])
})
