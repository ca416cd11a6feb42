import type { Attribute } from '#saml/messages/assertion'
import { NAME_ID_FORMAT } from '#saml/names'
import { listen } from '#server/serve'
import { authenticate, logIn, put, refresh, whoAmI } from '../api.ts'
import { section } from '../case.ts'
import { metadataDocument } from '../configuration.ts'
import { expectDifferent, expectSame } from '../drift.ts'
import { makeResponse, newPerson, type Person, uidAttribute } from '../messages.ts'
import { idpVariants, type RealmName } from '../realms.ts'
import { expectLoginRefused } from '../refusals.ts'
import type { Target } from '../target.ts'

/** Who the node says it is, after a login with these attributes. */
async function identity(target: Target, realm: RealmName, attributes?: readonly Attribute[], person?: Person) {
  const login = { ...(attributes && { attributes }), ...(person && { person }) }
  const { accessToken } = await logIn(target, realm, login)
  return (await whoAmI(target, accessToken)).json
}

const named = (value: string): Person => ({ ...newPerson(), nameId: { value, format: NAME_ID_FORMAT.emailAddress } })
const attribute = (name: string, ...values: string[]): Attribute => ({ name, values })

/** Gives a role of the same name to everybody in a group. */
async function mapGroups(target: Target, realm: RealmName, groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    const rules = { all: [{ field: { 'realm.name': realm } }, { field: { groups: group } }] }
    const name = `sloop-${realm}-${Buffer.from(group).toString('hex')}`
    const { status, text } = await put(target, `/role_mapping/${name}`, { enabled: true, roles: [group], rules })
    expectSame(`role mapping: ${text}`, status, 200)
  }
}

async function rolesOf(target: Target, realm: RealmName, attributes: readonly Attribute[], person?: Person) {
  const { roles } = await identity(target, realm, attributes, person)
  return Array.isArray(roles) ? roles.map(String).sort() : roles
}

interface Claim {
  readonly person?: Person
  readonly attributes: readonly Attribute[]
}

/** The bad login is refused where the good one is not. */
async function expectRefused(target: Target, realm: RealmName, { good, bad }: { good: Claim; bad: Claim }) {
  await logIn(target, realm, good)
  expectLoginRefused(await authenticate(target, realm, await makeResponse(target, realm, bad)), target)
}

export const realms = section('11.11 authenticate: realms and metadata', [
  {
    number: 85,
    title: 'logins wait for the metadata of the IdP, and go on when it vanishes again',
    asks: 'internals',
    run: async (lab) => {
      const { host, port } = { host: '127.0.0.1', port: 0 }
      const idp = await listen({ host, port })
      const { waiting, loaded, stop } = lab.fetchingMetadata(`${idp.origin(host)}/metadata`)
      const offer = async () => authenticate(waiting, 'plain', await makeResponse(waiting, 'plain'))
      expectLoginRefused(await offer(), waiting)
      idp.mount(() => new Response(metadataDocument(idpVariants.usual, lab.keys)))
      await loaded
      expectSame('once it is there', (await offer()).status, 200)
      await idp.close()
      expectSame('after it vanished', (await offer()).status, 200)
      stop()
    },
  },
  {
    number: 86,
    title: 'of several realms the message finds its own',
    asks: 'wire',
    run: async (target) => {
      for (const realm of ['plain', 'slo-off', 'several-keys'] as const) {
        const { status, json } = await authenticate(target, undefined, await makeResponse(target, realm))
        const { authentication } = json as { authentication?: { authentication_realm?: { name?: unknown } } }
        const name = target.profile.showsAuthentication ? authentication?.authentication_realm?.name : realm
        expectSame('status and realm', [status, name], [200, realm])
      }
    },
  },
  {
    number: 87,
    title: 'a message for one realm is refused by another',
    asks: 'wire',
    run: async (target) => {
      const answer = await authenticate(target, 'slo-off', await makeResponse(target, 'plain'))
      expectLoginRefused(answer, target, 'destination')
    },
  },
  {
    number: 88,
    title: 'a login answers with the user, two tokens and how long they last',
    asks: 'wire',
    run: async (target) => {
      const { person, answer } = await logIn(target, 'plain')
      const { username, access_token: access, refresh_token: renewal, expires_in: seconds } = answer.json
      expectSame('username', username, person.nameId.value)
      expectSame('types', [typeof access, typeof renewal, Number(seconds) > 900], ['string', 'string', true])
      if (!target.profile.showsAuthentication) return
      expectSame('authentication', (answer.json['authentication'] as { username?: unknown }).username, username)
    },
  },
  {
    number: 89,
    title: 'an attribute is shown by its name and its friendly name',
    asks: 'wire',
    run: async (target) => {
      const { username, metadata } = await identity(target, 'attributes', [uidAttribute('thor')])
      expectSame('username', username, 'thor')
      const { saml_uid: friendly, 'saml(urn:oid:0.9.2342.19200300.100.1.1)': name } = metadata as Record<
        string,
        unknown
      >
      expectSame('metadata', [friendly, name], [['thor'], ['thor']])
    },
  },
  {
    number: 90,
    title: 'the service user that logged somebody in can refresh',
    asks: 'wire',
    run: async (target) => {
      const { person, refreshToken, accessToken } = await logIn(target)
      const { json } = await refresh(target, refreshToken)
      expectDifferent('access token', json['access_token'], accessToken)
      const { username } = (await whoAmI(target, String(json['access_token']))).json
      expectSame('username', username, person.nameId.value)
    },
  },
  {
    number: 91,
    title: 'a delegated realm takes the user from elsewhere',
    asks: 'wire',
    run: async (target) => {
      const native = {
        password: 'changeme',
        roles: ['viewer'],
        full_name: 'Native Thor',
        metadata: { is_native: true },
      }
      expectSame('status of the user', (await put(target, '/user/sloop-native-thor', native)).status, 200)
      const user = await identity(target, 'delegated', [], named('sloop-native-thor'))
      expectSame('name', [user['full_name'], user['roles']], ['Native Thor', ['viewer']])
      expectSame('metadata', user['metadata'], { is_native: true })
    },
  },
  {
    number: 92,
    title: 'a realm passes over a message that was meant for another name',
    asks: 'wire',
    run: async (target) => {
      const more = { realm: 'no-such-realm' }
      const answer = await authenticate(target, undefined, await makeResponse(target, 'plain'), more)
      expectLoginRefused(answer, target)
    },
  },
  {
    number: 93,
    title: 'a login that no role mapping knows succeeds without a role',
    asks: 'wire',
    run: async (target) => expectSame('roles', (await identity(target, 'plain'))['roles'], []),
  },
  {
    number: 94,
    title: 'excluded roles are taken away after the mapping',
    asks: 'wire',
    run: async (target) => {
      await mapGroups(target, 'excluding', ['superuser', 'sloop-kept'])
      const attributes = [uidAttribute('thor'), attribute('groups', 'superuser', 'sloop-kept')]
      expectSame('roles', await rolesOf(target, 'excluding', attributes), ['sloop-kept'])
    },
  },
  {
    number: 95,
    title: 'without user metadata only the NameID stays',
    asks: 'wire',
    run: async (target) => {
      const person = newPerson()
      const { metadata } = await identity(target, 'no-metadata', [uidAttribute('thor')], person)
      const { value, format } = person.nameId
      expectSame('metadata', metadata, { saml_nameid: value, saml_nameid_format: format })
    },
  },
  {
    number: 96,
    title: 'a pattern takes the principal out of a NameID',
    asks: 'wire',
    run: async (target) => {
      const { username } = await identity(target, 'patterned', [], named('thor@example.test'))
      expectSame('username', username, 'thor')
    },
  },
  {
    number: 97,
    title: 'a delimiter splits groups, and parts without a character are none',
    asks: 'wire',
    run: async (target) => {
      const groups = ['sloop-a', 'sloop-b']
      await mapGroups(target, 'delimited', groups)
      expectSame('two', await rolesOf(target, 'delimited', [attribute('groups', groups.join('$'))]), groups)
      expectSame('none', await rolesOf(target, 'delimited', [attribute('groups', '$$$')]), [])
      expectSame('one', await rolesOf(target, 'delimited', [attribute('groups', 'sloop-a')]), ['sloop-a'])
    },
  },
  {
    number: 98,
    title: 'a delimiter and two values cannot be',
    asks: 'wire',
    run: (target) =>
      expectRefused(target, 'delimited', {
        good: { attributes: [attribute('groups', 'sloop-a$sloop-b')] },
        bad: { attributes: [attribute('groups', 'sloop-a', 'sloop-b')] },
      }),
  },
  {
    number: 99,
    title: 'a pattern takes what it finds of several values',
    asks: 'wire',
    run: async (target) => {
      await mapGroups(target, 'patterned', ['sloop-x', 'sloop-y', 'sloop-z'])
      const mails = attribute('mail', 'sloop-x@corp.test', 'sloop-y@other.test', 'sloop-z@corp.test')
      const roles = await rolesOf(target, 'patterned', [mails], named('thor@example.test'))
      expectSame('roles', roles, ['sloop-x', 'sloop-z'])
    },
  },
  {
    number: 100,
    title: 'a principal that the pattern does not find is none',
    asks: 'wire',
    run: (target) =>
      expectRefused(target, 'patterned', {
        good: { attributes: [], person: named('thor@example.test') },
        bad: { attributes: [], person: named('thor@elsewhere.test') },
      }),
  },
])
