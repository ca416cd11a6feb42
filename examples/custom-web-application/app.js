import { randomUUID } from 'node:crypto'
import { Client, errors } from '@elastic/elasticsearch'
import express from 'express'

/**
 * A web application whose users sign in by SAML. It never looks into a SAML message: Elasticsearch writes and judges all of
 * them, and says with a token who somebody is.
 */
export function createApp({ node, auth, realm }) {
  const { security } = new Client({ node, auth })
  /** The tokens of everybody who is signed in, by the value of the cookie `session`. */
  const sessions = new Map()
  const app = express()

  app.get('/', async (request, response) => {
    const user = await findUser(readCookie(request, 'session'))
    response.send(page(user === undefined ? signedOut : signedIn(user)))
  })

  app.get('/login', async (_request, response) => {
    const { id, redirect } = await security.samlPrepareAuthentication({ realm })
    response.cookie('login', id, crossSite).redirect(redirect)
  })

  app.post('/saml/acs', express.urlencoded({ limit: '1mb' }), async (request, response) => {
    const content = request.body?.SAMLResponse ?? ''
    const tokens = await security.samlAuthenticate({ realm, content, ids: idsIn(request, 'login') })
    const session = randomUUID()
    sessions.set(session, tokens)
    response.clearCookie('login', crossSite).cookie('session', session, sameSite).redirect(303, '/')
  })

  app.post('/logout', async (request, response) => {
    const session = readCookie(request, 'session')
    const tokens = sessions.get(session)
    sessions.delete(session)
    response.clearCookie('session', sameSite)
    if (tokens === undefined) return response.redirect(303, '/')
    const { access_token: token, refresh_token } = tokens
    const { id, redirect } = await security.samlLogout({ token, refresh_token })
    // Without a redirect the identity provider knows no logout.
    return response.cookie('logout', id ?? '', sameSite).redirect(303, redirect || '/')
  })

  // Both directions of single logout end here: a request of the identity provider, or its answer to ours.
  app.get('/saml/slo', async (request, response) => {
    // As it came: the signature is over these octets, and decoding and encoding them again would break it.
    const query_string = request.originalUrl.slice(request.originalUrl.indexOf('?') + 1)
    if ('SAMLRequest' in request.query) {
      // It names whose tokens die, perhaps of another browser; whoever comes with a dead one is signed out, see findUser.
      const { redirect } = await security.samlInvalidate({ realm, query_string })
      return response.redirect(redirect)
    }
    await security.samlCompleteLogout({ realm, ids: idsIn(request, 'logout'), query_string })
    return response.clearCookie('logout', sameSite).send(page('<p>You are logged out.</p><a href="/">Home</a>'))
  })

  /** Elasticsearch is asked every time, since a logout may have begun anywhere. */
  async function findUser(session) {
    const tokens = sessions.get(session)
    if (tokens === undefined) return undefined
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    try {
      return await security.authenticate({}, { headers })
    } catch (error) {
      if (error.statusCode !== 401) throw error
      sessions.delete(session)
      return undefined
    }
  }

  app.use((error, _request, response, next) => {
    if (!(error instanceof errors.ResponseError)) return next(error)
    console.error(error.message)
    return response.status(error.statusCode === 401 ? 401 : 400).send(page('<p>This was refused.</p>'))
  })
  return app
}

const sameSite = { httpOnly: true, sameSite: 'lax' }
// The answer to a login is posted from the identity provider's site, whence no other kind of cookie comes along.
const crossSite = { httpOnly: true, sameSite: 'none', secure: true }
const signedOut = '<p>Nobody is signed in.</p><a href="/login">Log in</a>'
const signedIn = ({ username }) =>
  `<p>You are signed in as ${escapeHtml(username)}.</p><form method="post" action="/logout"><button>Log out</button></form>`

const page = (body) => `<!doctype html><html lang="en"><title>Custom web application</title><body>${body}</body></html>`
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const idsIn = (request, name) => [readCookie(request, name)].filter(Boolean)

function readCookie({ headers }, name) {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return pairs.find(([key]) => key === name)?.[1]
}
