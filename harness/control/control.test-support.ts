import { generateCredential } from '#saml/credentials'
import { createFaults } from '#server/faults'
import { createJournal } from '#server/journal/journal'
import { silentLog } from '#server/logging'
import { makeLasting } from '../../core/saml/lent-keys.test-support.ts'
import { createIdp, type IdpOptions } from '../../idp/index.ts'
import { createClocks } from '../clocks/clocks.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import type { Admission } from './admission.ts'
import { serveControl } from './control.ts'

const frozenAt = '2031-05-04T12:00:00Z'
const credential = makeLasting(() => generateCredential('idp', Date.parse(frozenAt)))

export interface Call {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: string | Uint8Array<ArrayBuffer>
}

interface Given {
  readonly admission?: Partial<Admission>
  readonly places?: RunningParties['places']
}

/** The control API before an IdP, without a socket. */
export async function controlledIdp(given: Partial<IdpOptions> & Given = {}) {
  const { admission, places = [], ...options } = given
  const clocks = createClocks(['idp'], { idp: { frozenAt } })
  const clock = clocks.get('idp')
  const faults = createFaults()
  const journal = createJournal()
  const baseUrl = 'http://idp.localhost:7070'
  const [ofFaults, ofJournal] = [faults.of('idp'), journal.of('idp', clock)]
  const idp = createIdp({
    baseUrl,
    credential: await credential,
    clock,
    faults: ofFaults,
    journal: ofJournal,
    ...options,
  })
  const parties: RunningParties = {
    idp,
    apps: new Map(),
    partners: new Map(),
    missing: new Map(),
    places,
    clocks,
    faults,
    journal,
    log: silentLog,
  }
  const fetch = serveControl(idp.fetch, {
    url: 'http://idp.localhost:7070',
    parties,
    admission: { host: '127.0.0.1', hostnames: new Set(['idp.localhost']), ...admission },
  })
  const request = async (path: string, { method = 'GET', headers, json, body }: Call = {}) => {
    const url = path.startsWith('/') ? `http://idp.localhost:7070${path}` : path
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    const sent = json === undefined ? body : JSON.stringify(json)
    return fetch(new Request(url, { method, headers: { ...type, ...headers }, body: sent ?? null }))
  }
  const call = async (path: string, given?: Call) => {
    const answer = await request(path, given)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { idp, parties, fetch, request, call }
}
