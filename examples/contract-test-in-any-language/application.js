import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** The application under test: it signs users in by SAML through Elasticsearch, with nothing but Node. Yours may be in any language. */
const { PORT = '3000', SLOOP_ES = 'http://localhost:9200', ELASTIC_PASSWORD = 'changeme' } = process.env
const authorization = `Basic ${btoa(`elastic:${ELASTIC_PASSWORD}`)}`
/** Who is signed in: the token of everybody, by the value of the cookie `session`. */
const sessions = new Map()
/** The IDs of the logins that have begun. One application for everybody who tests keeps them here; see the other example for a cookie. */
const begun = new Set()

async function elasticsearch(path, { body, as = authorization } = {}) {
  const headers = { authorization: as, 'content-type': 'application/json' }
  const asked = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await fetch(`${SLOOP_ES}/_security${path}`, asked)
  return { refused: !answer.ok, ...(await answer.json()) }
}

const routes = {
  async 'GET /'({ session }) {
    const user = await elasticsearch('/_authenticate', { as: `Bearer ${sessions.get(session)}` })
    return { body: user.refused ? 'Nobody is signed in.\n' : `You are signed in as ${user.username}.\n` }
  },
  async 'GET /login'() {
    const { id, redirect } = await elasticsearch('/saml/prepare', { body: { realm: 'saml1' } })
    begun.add(id)
    return { location: redirect }
  },
  async 'POST /saml/acs'({ form }) {
    const body = { realm: 'saml1', content: form.get('SAMLResponse'), ids: [...begun] }
    const { refused, access_token } = await elasticsearch('/saml/authenticate', { body })
    if (refused) return { status: 401, body: 'The login was refused.\n' }
    const session = randomUUID()
    sessions.set(session, access_token)
    return { location: '/', cookie: `session=${session}; HttpOnly; SameSite=Lax; Path=/` }
  },
  async 'GET /saml/slo'({ query }) {
    const body = { realm: 'saml1', query_string: query }
    const { refused, redirect } = await elasticsearch('/saml/invalidate', { body })
    return refused ? { status: 400, body: 'The logout was refused.\n' } : { location: redirect }
  },
}

const server = createServer(async (request, response) => {
  // As it came, not decoded: the signature of a logout message is over these octets.
  const [path, query = ''] = request.url.split(/\?(.*)/s)
  const [, session] = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '') ?? []
  const form = new URLSearchParams(await text(request))
  const notFound = async () => ({ status: 404, body: 'There is no such page.\n' })
  const answer = await (routes[`${request.method} ${path}`] ?? notFound)({ query, session, form })
  const { location, cookie, body = '', status = location === undefined ? 200 : 303 } = answer
  response.writeHead(status, { ...(location && { location }), ...(cookie && { 'set-cookie': cookie }) }).end(body)
})
server.listen(Number(PORT), 'localhost')
