import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { startLab } from '../lab.ts'
import type { Row } from './operation.ts'
import { table } from './table.ts'

const lab = await startLab({
  partners: [{ name: 'wiki' }],
  realms: [{ name: 'corp', acs: 'http://localhost:3999/acs' }],
})
afterAll(() => lab.close())

const rows = Object.entries<Row>(table)
const markup = '<script>alert(1)</script>'
const keys = fc.constantFrom('', '.', 'alice', 'idp', 'es', 'wiki', '%', '%2F', '%00', 'ä', markup, 'a'.repeat(300))
const names = fc.constantFrom(
  'user',
  'to',
  'session',
  'change',
  'kind',
  'nameId',
  'shiftMs',
  'users',
  'temper',
  'match',
  'realm',
)
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('alice', 'urn:my-app', 'LogoutRequest', markup, 1e300, -1),
)
const body = fc.oneof(fc.dictionary(names, value, { maxKeys: 4 }), value)
const type = fc.constantFrom('application/json', 'text/plain', 'application/xml', '')

const pathOf = ({ path }: Row, key: string) => path.replace(/\{\w+\}/, () => encodeURIComponent(key))

test('whatever an operation is asked, it answers as the control API does, without a fault of its own and without markup', async () => {
  const asked = fc.record({ row: fc.constantFrom(...rows), key: keys, body, type, raw: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(asked, async ({ row: [name, row], key, body: given, type: contentType, raw }) => {
      const takesBody = row.method !== 'GET' && row.method !== 'DELETE'
      const query = takesBody ? '' : `?${new URLSearchParams({ a: markup })}`
      const path = raw && !key.includes('<') ? row.path.replace(/\{\w+\}/, () => key) : pathOf(row, key)
      const answer = await fetch(`${lab.esUrl}/_sloop${path}${query}`, {
        method: row.method,
        ...(contentType !== '' && { headers: { 'content-type': contentType } }),
        ...(takesBody && { body: JSON.stringify(given) }),
      })
      const text = await answer.text()
      const facts = [name, key, answer.status, text.slice(0, 200)]
      expect(facts).toSatisfy(() => answer.status < 500)
      if (text === '') return
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const { error } = JSON.parse(text)
      if (answer.status >= 400) expect(error).toMatchObject({ type: expect.any(String), message: expect.any(String) })
    }),
    { numRuns: 100 },
  )
  expect(await lab.ready()).toEqual({ ready: true })
}, 30_000)
