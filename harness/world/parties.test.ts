import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { planParties } from './parties.ts'
import { readWorld } from './read-world.ts'

const plan = (world: object, options = {}) => planParties(readWorld(world), options)
const names = ({ applications, realms }: ReturnType<typeof plan>) => [
  applications.map(({ name }) => name),
  realms.map(({ name, application }) => [name, application]),
]
const twoIdps = ['a', 'b'].map((realm) => ({ type: 'saml', name: `by-${realm}`, realm }))
const acs = 'http://localhost:3000/saml/acs'

test.each<[string, object, object, unknown]>([
  ['an empty world: one application, app, with the realm saml1', {}, {}, [['app'], [['saml1', 'app']]]],
  ['realms: no application', { realms: [{ name: 'corp', acs }] }, {}, [[], [['corp', undefined]]]],
  ['no applications', { applications: [] }, {}, [[], []]],
  [
    'several applications: each has a realm of its own name',
    { applications: [{ name: 'app' }, { name: 'second' }] },
    {},
    [
      ['app', 'second'],
      [
        ['saml1', 'app'],
        ['second', 'second'],
      ],
    ],
  ],
  [
    'an application with a realm of another name',
    { applications: [{ name: 'app', realm: 'corp' }] },
    {},
    [['app'], [['corp', 'app']]],
  ],
  [
    'an application whose realm the world describes',
    { applications: [{ name: 'app', realm: 'corp' }], realms: [{ name: 'corp' }] },
    {},
    [['app'], [['corp', 'app']]],
  ],
  [
    'an application with several ways to log in has the realm of each that is by SAML',
    {
      applications: [{ name: 'app', providers: [...twoIdps, { type: 'basic', name: 'basic' }] }],
      realms: [{ name: 'b' }],
    },
    {},
    [
      ['app'],
      [
        ['b', 'app'],
        ['a', 'app'],
      ],
    ],
  ],
  ['an elasticsearch.yml: the application finds its realm there', {}, { ownRealms: ['shop'] }, [['app'], []]],
  [
    'an elasticsearch.yml that has the realm of one of two applications',
    { applications: [{ name: 'shop' }, { name: 'second' }] },
    { ownRealms: ['shop'] },
    [['shop', 'second'], [['second', 'second']]],
  ],
])('who runs: %s', (_case, world, options, expected) => {
  expect(names(plan(world, options))).toEqual(expected)
})

test('what the first application is told wins over its world, and is not told to the others', () => {
  const world = {
    applications: [
      { name: 'app', profile: 'kibana' },
      { name: 'second', profile: 'kibana' },
    ],
  }
  const { applications } = plan(world, { appProfile: 'careful', appSelector: true })
  expect(applications.map(({ profile, selector }) => [profile, selector])).toEqual([
    ['careful', true],
    ['kibana', undefined],
  ])
})

test.each<[object, object, string[]]>([
  [{}, {}, []],
  [{}, { partners: 0 }, []],
  [{}, { partners: 1 }, ['partner']],
  [{}, { partners: 2 }, ['partner1', 'partner2']],
  [{ partners: [{ name: 'wiki' }] }, {}, ['wiki']],
  [{ partners: [{ name: 'wiki' }, { name: 'mail' }] }, { partners: 1 }, ['wiki', 'mail']],
  [{ partners: [{ name: 'partner1' }] }, { partners: 3 }, ['partner1', 'partner2', 'partner3']],
  [{ applications: [{ name: 'partner' }] }, { partners: 1 }, ['partner1']],
])('partners are those of the world, and others up to the number wanted: %j with %j', (world, options, expected) => {
  expect(plan(world, options).partners.map(({ name }) => name)).toEqual(expected)
})

test('a partner has the temper and the cookie of the world, and one beside it those of the command', () => {
  const world = { partners: [{ name: 'wiki', temper: 'silent', sameSite: 'none' }] }
  expect(plan(world, { partners: 2, temper: 'lying' }).partners).toEqual([
    { name: 'wiki', temper: 'silent', sameSite: 'none' },
    { name: 'partner1', temper: 'lying' },
  ])
})

test.each<[object, string]>([
  [
    { applications: [{ name: 'app' }], partners: [{ name: 'wiki' }, { name: 'app' }] },
    'partners[1].name: applications[0] is called [app] already',
  ],
  [{ partners: [{ name: 'wiki' }, { name: 'wiki' }] }, 'partners[1].name: partners[0] is called [wiki] already'],
  [
    { applications: [{ name: 'app' }, { name: 'app' }] },
    'applications[1].name: applications[0] is called [app] already',
  ],
  [
    {
      realms: [
        { name: 'corp', acs },
        { name: 'corp', acs },
      ],
    },
    'realms[1].name: realms[0] is called [corp] already',
  ],
  [
    {
      applications: [
        { name: 'app', realm: 'corp' },
        { name: 'second', realm: 'corp' },
      ],
    },
    'applications[1].realm: another application has the realm [corp] already',
  ],
  [
    { realms: [{ name: 'corp' }] },
    'realms[0].acs: expected an address, found nothing, and no application has the realm',
  ],
])('what cannot be told apart or reached is refused: %j', (world, message) => {
  expect(() => plan(world)).toThrow(new ConfigError(message))
})

test.each(['App', 'a_b', '-a', 'a-', 'a.b', '', 'ä', 'a'.repeat(64), 'idp', 'es', 'localhost'])(
  'a name is a host name that no other party has: %s',
  (name) => {
    expect(() => plan({ applications: [{ name }] })).toThrow(/^applications\[0\]\.name: /)
  },
)
