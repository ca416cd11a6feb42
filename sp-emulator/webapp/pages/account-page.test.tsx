import { expect, test } from 'vitest'
import type { WhoAmI } from '../elasticsearch-saml.ts'
import { AccountPage } from './account-page.tsx'

function pageOf(metadata: Record<string, unknown>): string {
  const user = {
    username: 'alice',
    roles: [],
    full_name: null,
    email: null,
    metadata,
    authentication_realm: { name: 'saml1', type: 'saml' },
    authentication_type: 'token',
  } as unknown as WhoAmI
  return String(<AccountPage application="orders" basePath="" path="/" user={user} logout="link" />)
}

test('the name of an attribute goes on in the next line behind a sign, not within a number', () => {
  const page = pageOf({ 'saml(urn:oid:0.9.2342.19200300.100.1.1)': ['alice'] })
  expect(page).toContain(
    '<th scope="row">saml(urn:<wbr/>oid:<wbr/>0.<wbr/>9.<wbr/>2342.<wbr/>19200300.<wbr/>100.<wbr/>1.<wbr/>1)</th>',
  )
})

test('a name without such signs is one piece', () => {
  expect(pageOf({ saml_nameid: '_1' })).toContain('<th scope="row">saml_nameid</th><td>_1</td>')
})
