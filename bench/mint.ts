import { sign } from 'node:crypto'
import { promisify } from 'node:util'
import { BINDING } from '#saml/names'
import { createFaults } from '#server/faults'
import { createJournal } from '#server/journal/journal'
import { silentLog } from '#server/logging'
import type { Fetch } from '#server/serve'
import { createClocks } from '../harness/clocks/clocks.ts'
import { serveControl } from '../harness/control/control.ts'
import { createIdp, type Idp } from '../idp/index.ts'
import { madeAhead } from './contenders.ts'
import type { Contender } from './measure.ts'
import { idpUrl, logoutUrl, nameId, type Parties, spUrl } from './parties.ts'

const signOnThreadPool = promisify(sign)

/** A LogoutRequest that the IdP mints, from what is wanted to the query and as a client of the control API has it, and the one RSA signature in it. */
export function mintContenders({ idp: credential, logoutQuery }: Parties): readonly Contender[] {
  const metadata = {
    entityId: spUrl,
    keyDescriptors: [],
    singleLogoutServices: [{ binding: BINDING.redirect, location: logoutUrl }],
    nameIdFormats: [],
    assertionConsumerServices: [],
    authnRequestsSigned: false,
    wantAssertionsSigned: false,
  }
  const idp = createIdp({ baseUrl: idpUrl, credential, serviceProviders: [{ metadata }] })
  const wanted = { kind: 'LogoutRequest', to: spUrl, nameId, sessionIndex: '_session' } as const
  const octets = Buffer.from(logoutQuery.slice(0, logoutQuery.indexOf('&Signature=')))
  return [
    { name: 'minted', run: async () => idp.mint(wanted) },
    byRequest(controlOf(idp), wanted),
    { name: 'on the thread pool', run: async () => signOnThreadPool('sha256', octets, credential.privateKey) },
  ]
}

/** From a request in hand to its answer in hand: to write the one and to read the other is a client's work, and a server's. */
function byRequest(control: Fetch, wanted: object): Contender {
  const requests = madeAhead(async () => requestFor(wanted))
  return {
    name: 'by request',
    run: async () => checkMade(await control(requests.take())),
    prepare: requests.make,
  }
}

function controlOf(idp: Idp): Fetch {
  const parties = {
    idp,
    apps: new Map(),
    partners: new Map(),
    missing: new Map(),
    places: [],
    clocks: createClocks(['idp'], {}),
    faults: createFaults(),
    journal: createJournal(),
    log: silentLog,
  }
  const admission = { host: '127.0.0.1', hostnames: new Set([new URL(idpUrl).hostname]) }
  return serveControl(idp.fetch, { url: idpUrl, parties, admission })
}

function requestFor(wanted: object): Request {
  const body = JSON.stringify(wanted)
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
  return new Request(`${idpUrl}/_sloop/idp/messages`, { method: 'POST', headers, body })
}

async function checkMade(answer: Response): Promise<void> {
  if (answer.status !== 201) throw new Error(`mint answered ${answer.status}: ${await answer.text()}`)
}
