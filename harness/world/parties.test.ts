import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { planParties } from './parties.ts'
import { readWorld } from './read-world.ts'

const plan = (world: object, options = {}) => planParties(readWorld(world), options)
const names = ({ applications, realms }: ReturnType<typeof plan>) => [
  applications.map(({ name }) => name),
  realms.map(({ name, application }) => [name, application]),
]
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

test.each<[object, string]>([
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
