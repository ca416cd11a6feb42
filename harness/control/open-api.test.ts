import { expect, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'
import type { Row } from './operation.ts'
import { table } from './table.ts'

test('OpenAPI has every operation of the table, by its name', async () => {
  const { call } = await controlledIdp()
  const { status, body } = await call('/_sloop/openapi.json')
  expect([status, body.openapi]).toEqual([200, '3.1.0'])
  for (const [name, { method, path, says }] of Object.entries<Row>(table)) {
    expect(body.paths[`/_sloop${path}`][method.toLowerCase()]).toMatchObject({ operationId: name, summary: says })
  }
})
