import { expect, test } from 'vitest'
import { startNetwork } from './network.ts'

const drops = { drops: 'request' }

test.each<[unknown, string]>([
  [{}, 'network: expected a list of conditions, found [{}]'],
  [['idp'], "network[0]: expected an object, found ['idp']"],
  [
    [
      { to: 'app', does: drops },
      { to: 'ap', does: drops },
    ],
    'network[1].to: there is no party [ap], did you mean app?',
  ],
  [
    [{ to: 'somebody', does: drops }],
    'network[0].to: there is no party [somebody], known are idp, es, app, wiki, partner',
  ],
  [[{ does: drops }], 'network[0].to: expected the name of a party, found nothing'],
  [[{ to: 'app' }], 'network[0].does: expected an object, found nothing'],
  [[{ to: 'app', dose: drops }], 'network[0].dose: unknown key, did you mean does?'],
  [
    [{ to: 'app', carrying: 'SamlRequest', does: drops }],
    "network[0].carrying: expected one of SAMLRequest, SAMLResponse, found ['SamlRequest'], did you mean SAMLRequest?",
  ],
  [
    [{ to: 'app', path: '/slo?a', does: drops }],
    "network[0].path: expected a path that begins with / and has neither blank nor query, found ['/slo?a']",
  ],
  [[{ to: 'app', times: 0, does: drops }], 'network[0].times: expected always, or how often from 1 on, found [0]'],
  [
    [{ to: 'app', does: {} }],
    'network[0].does: expected one of query, address, delayMs, answerDelayMs, drops, duplicates, status, resets, longestUrl, found none',
  ],
  [
    [{ to: 'app', does: { ...drops, delayMs: 1 } }],
    'network[0].does: expected one act, found delayMs and drops; each has a condition of its own',
  ],
  [[{ to: 'app', does: { delayms: 1 } }], 'network[0].does.delayms: unknown key, did you mean delayMs?'],
  [
    [{ to: 'app', does: { delayMs: 0.5 } }],
    'network[0].does.delayMs: expected an integer from 1 to 2147483647, found [0.5]',
  ],
  [[{ to: 'app', does: { status: 200 } }], 'network[0].does.status: expected an integer from 400 to 599, found [200]'],
  [[{ to: 'app', does: { duplicates: 2 } }], 'network[0].does.duplicates: expected true, found [2]'],
  [
    [{ to: 'app', does: { query: 'lowerhex' } }],
    "network[0].does.query: expected one of reordered, escapedAnew, lowerHex, upperHex, withoutEmpty, plusForPercent20, percent20ForPlus, plusToSpace, found ['lowerhex'], did you mean lowerHex?",
  ],
  [
    [{ to: 'app', does: { query: 'reordered', of: 'Signature' } }],
    'network[0].does.of: only a query whose values are rewritten has it, found it beside reordered',
  ],
  [
    [{ to: 'app', does: { ...drops, of: 'Signature' } }],
    'network[0].does.of: only a query whose values are rewritten has it, found it beside drops',
  ],
  [
    [{ to: 'app', does: { address: {} } }],
    'network[0].does.address: expected an object with scheme, host, port or path, found none of them',
  ],
  [[{ to: 'app', does: { address: { prot: 1 } } }], 'network[0].does.address.prot: unknown key, did you mean port?'],
  [[{ to: 'app', does: { address: { host: 'a b' } } }], "network[0].does.address.host: expected a host, found ['a b']"],
])('what no type has checked is refused before anything starts: %j', async (conditions, message) => {
  const world = { applications: [{ name: 'app' }, { name: 'wiki' }], partners: [{ name: 'partner' }] }
  await expect(startNetwork(conditions as never, world)).rejects.toThrow(new TypeError(message))
})

test('a world that cannot be is refused as a lab refuses it', async () => {
  const world = { applications: [{ name: 'app' }, { name: 'app' }] }
  await expect(startNetwork([], world)).rejects.toThrow(/^applications\[1\]\.name: .*app/)
})
