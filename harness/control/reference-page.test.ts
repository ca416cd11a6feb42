import { expect, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'
import { describeOperations } from './describe-operations.ts'
import type { Row } from './operation.ts'
import { table } from './table.ts'

test('every role has a page that names every operation, and nothing may run on it', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/reference')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; img-src data:; style-src 'sha256-/,
  )
  const page = await answer.text()
  expect(page).not.toContain('<script')
  for (const [name, { path }] of Object.entries<Row>(table)) {
    expect(page).toContain(`<h3 id="${name}">`)
    expect(page).toContain(`<a href="#${name}">${name}</a></li>`)
    expect(page).toContain(`</span> /_sloop${path}</p>`)
  }
})

test('a field is told with its type, its default and what it means', async () => {
  const operations = await describeOperations()
  const fields = operations.find(({ name }) => name === 'armFault')?.fields
  expect(fields?.find(({ name }) => name === 'times')).toMatchObject({ type: 'integer | "always"', byDefault: '1' })
  expect(fields?.find(({ name }) => name === 'on')).toMatchObject({ required: true, means: 'The kind of message.' })
})

test('a field of a mapping in a mapping has a row of its own', async () => {
  const fields = (await describeOperations()).find(({ name }) => name === 'mint')?.fields.map(({ name }) => name)
  expect(fields).toContain('nameId.spNameQualifier')
})

test('what a call from a shell gives is what its operation takes', async () => {
  const examples = new Map((await describeOperations()).map(({ name, example = {} }) => [name, example]))
  for (const [name, { load }] of Object.entries<Row>(table)) {
    const { request } = await load()
    expect({ name, ...request.safeParse(examples.get(name)) }).toMatchObject({ name, success: true })
  }
})

test('a call from a shell goes to the role that was asked, with the token where one is needed', async () => {
  const { request } = await controlledIdp({ admission: { token: 'opensesame' } })
  const page = await (await request('/_sloop/reference', { headers: { authorization: 'Bearer opensesame' } })).text()
  expect(page).toContain('curl -X DELETE &quot;http://idp.localhost:7070/_sloop/idp/users/$NAME&quot;')
  expect(page).toContain('-H &quot;Authorization: Bearer $TOKEN&quot;')
  expect(page).not.toContain('opensesame')
})

test('who may not call may not read the page', async () => {
  const { call } = await controlledIdp({ admission: { token: 'opensesame' } })
  expect(await call('/_sloop/reference')).toMatchObject({ status: 401, body: { error: { type: 'tokenNeeded' } } })
  expect(await call('/_sloop/reference', { headers: { 'sec-fetch-site': 'cross-site' } })).toMatchObject({
    status: 403,
    body: { error: { type: 'foreignSite' } },
  })
})

test('the page answers to GET alone, and an unknown path leads to it', async () => {
  const { call } = await controlledIdp()
  expect(await call('/_sloop/reference', { method: 'POST' })).toMatchObject({
    status: 405,
    body: { error: { type: 'methodNotAllowed', message: '/_sloop/reference does not answer to POST' } },
  })
  expect((await call('/_sloop/qqqqqqqqqqqqqqqq')).body.error.message).toBe(
    'there is no operation at /_sloop/qqqqqqqqqqqqqqqq, /_sloop/reference lists all',
  )
})
