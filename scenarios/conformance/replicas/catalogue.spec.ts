import { expect, test } from 'vitest'
import { catalogue, getScenario } from '../../catalogue/index.ts'
import { tellAtReplicas } from './tell-at-replicas.test-support.ts'

test('every scenario holds where each request reaches another of three replicas, but for those that are about a browser', async () => {
  const told = await tellAtReplicas(catalogue)
  expect(told.others).toEqual([])
  expect(told.held.length).toBe(catalogue.filter(({ onlyIn }) => onlyIn?.driver !== 'browser').length)
}, 1_800_000)

test('a replica that keeps to itself what it knows is found out', async () => {
  const { held } = await tellAtReplicas([getScenario('logout/sp-initiated')], { lastIsApart: true })
  expect(held).toEqual([])
}, 60_000)
