import { expect, test } from 'vitest'
import { controlledIdp } from '../control/control.test-support.ts'

const asBrowser = { accept: 'text/html' }

function form(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() }
}

test('an empty console says what to do, and only its own script may run on it', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/')
  expect(answer.status).toBe(200)
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toMatch(
    /^default-src 'none'; img-src data:; style-src 'sha256-\S+' 'sha256-\S+' 'sha256-\S+'; script-src 'sha256-\S+'; connect-src 'self'; /,
  )
  expect(policy).toContain(`form-action 'self'; frame-ancestors 'none'`)
  const page = await answer.text()
  expect(page).toContain('Nothing has been sent yet.')
  expect(page).toContain('>Sign alice in everywhere</button>')
  expect(page).not.toMatch(/ style=| on\w+=/)
})

test('the console is found without the slash too', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_sloop/'])
})

test('what peers wrote is shown and never markup', async () => {
  const { request, parties } = await controlledIdp()
  const bad = '"><script>alert(1)</script><img src=x>\u202e'
  parties.journal.of('idp', parties.clocks.get('idp')).note({
    what: 'LogoutRequest',
    direction: 'received',
    from: bad,
    user: bad,
    binding: 'redirect',
    accepted: false,
    refusal: { code: 'X', message: bad, expected: bad, actual: { in: bad } },
    wire: { method: 'GET', url: `http://idp.test/slo?RelayState=${bad}` },
    document: `<x y='${bad}'>${bad}</x>`,
  })
  for (const path of ['/_sloop/', '/_sloop/journal/1', `/_sloop/?user=${encodeURIComponent(bad)}`]) {
    const answer = await (await request(path, { headers: asBrowser })).text()
    // What is chosen in a form is what was written, to the letter.
    const page = answer.replaceAll(/ value="[^"]*"/g, '')
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toMatch(/<script>alert|<img src=x/)
    expect(page).not.toContain('\u202e')
  }
})

test('an entry is a page for a browser and JSON for a program', async () => {
  const { request, parties } = await controlledIdp()
  parties.journal.of('idp', parties.clocks.get('idp')).note({ what: 'sessionEnded', user: 'alice' })
  const page = await request('/_sloop/journal/1', { headers: asBrowser })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await page.text()).toContain('<h1>sessionEnded <span class="quiet">entry 1</span></h1>')
  expect((await request('/_sloop/journal/1')).headers.get('content-type')).toBe('application/json')
  const missing = await request('/_sloop/journal/7', { headers: asBrowser })
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('there is no entry 7')])
})

test('a filter that leaves nothing says so and leads back', async () => {
  const { request, parties } = await controlledIdp()
  parties.journal.of('idp', parties.clocks.get('idp')).note({ what: 'sessionEnded', user: 'alice' })
  const page = await (await request('/_sloop/?user=bob')).text()
  expect(page).toContain('Nothing of what was chosen is among the 1 entry. <a href="/_sloop/">Show all of them</a>')
})

test.each([
  ['jsonl', 'application/x-ndjson', '"what":"sessionEnded"'],
  ['har', 'application/har+json', '"version":"1.2"'],
  ['mermaid', 'text/vnd.mermaid', 'sequenceDiagram'],
])('the journal is a file for a plain link: %s', async (format, type, text) => {
  const { request, parties } = await controlledIdp()
  parties.journal.of('idp', parties.clocks.get('idp')).note({ what: 'sessionEnded' })
  const answer = await request(`/_sloop/console/journal?format=${format}`)
  expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="journal\./)
  expect(await answer.text()).toContain(text)
})

test('the bundle is a file for a plain link', async () => {
  const { request } = await controlledIdp()
  const [, href = ''] =
    /<a href="([^"]*)" download="sloop-bundle.json">/.exec(await (await request('/_sloop/')).text()) ?? []
  const answer = await request(href, { headers: asBrowser })
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/^{"format":"sloop-bundle"/)])
})

test('another format is refused by name', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/console/journal?format=exe')
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('format: expected one of jsonl, har, mermaid')
})

test('a button of another site does nothing', async () => {
  const { request, parties } = await controlledIdp()
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }]) {
    const answer = await request('/_sloop/console/breakLogout', form({}, headers))
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('by a page of another site')])
  }
  expect([parties.journal.last, await parties.faults.list()]).toEqual([0, []])
})

test('where a token is needed the console asks for it, and a cookie for these pages keeps it', async () => {
  const { request, call } = await controlledIdp({ admission: { token: 'open=sesame' } })
  const asked = await request('/_sloop/')
  expect([asked.status, await asked.text()]).toEqual([401, expect.stringContaining('name="token"')])
  const wrong = await request('/_sloop/console/token', form({ token: 'close' }))
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null])
  const right = await request('/_sloop/console/token', form({ token: 'open=sesame' }))
  expect([right.status, right.headers.get('location')]).toEqual([303, '/_sloop/'])
  expect(right.headers.get('set-cookie')).toBe(
    'sloop_control_7070=open%3Dsesame; Path=/_sloop/; HttpOnly; SameSite=Strict',
  )
  const cookie = 'other=1; sloop_control_7070=open%3Dsesame'
  expect((await request('/_sloop/', { headers: { cookie } })).status).toBe(200)
  expect((await call('/_sloop/faults', { headers: { cookie } })).status).toBe(200)
  expect((await call('/_sloop/faults', { headers: { cookie: 'sloop_control_7070=%ff' } })).status).toBe(401)
})

test('a token is taken from a page of our own alone', async () => {
  const { request } = await controlledIdp({ admission: { token: 'opensesame' } })
  const answer = await request(
    '/_sloop/console/token',
    form({ token: 'opensesame' }, { 'sec-fetch-site': 'same-site' }),
  )
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
})

test('what goes wrong behind a button is told on the console', async () => {
  const { request } = await controlledIdp({ places: [{ name: 'app', role: 'app', url: 'http://app.test' }] })
  const answer = await request('/_sloop/console/signInEverywhere', form({}))
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringContaining('the way leads to http://app.test'),
  ])
})

test('a form does what its operation does, and a refusal stands beside its field', async () => {
  const { request, parties } = await controlledIdp()
  const wrong = await request('/_sloop/console/setClock', form({ 'path.party': 'idp', shiftMs: 'soon' }))
  expect([wrong.status, parties.clocks.all()]).toEqual([400, { idp: { frozenAt: '2031-05-04T12:00:00Z' } }])
  const refused = await wrong.text()
  expect(refused).toMatch(/<input id="shiftMs"[^>]*aria-invalid="true"[^>]*value="soon"/)
  expect(refused).toContain('<b class="bad">shiftMs: expected a number, found the text &quot;soon&quot; </b>')
})

test('a form that did what it asked for leads back to its page, which tells how it ended and does nothing again', async () => {
  const places = [{ name: 'idp', role: 'idp', url: 'http://idp.localhost:7070' }] as const
  const { request, parties } = await controlledIdp({ places })
  const fields = { party: 'idp', on: 'LogoutRequest', times: '2', 'change.signature': 'none' }
  const sent = await request('/_sloop/console/armFault', form(fields))
  const location = sent.headers.get('location') ?? ''
  expect([sent.status, location]).toEqual([303, '/_sloop/console/panel?operation=armFault&done=1'])
  for (const _time of ['once', 'anew']) {
    const page = await (await request(location)).text()
    expect(page).toContain('<h2 id="answer">Done</h2>')
    expect(page).toContain('&quot;id&quot;: &quot;f1&quot;')
    expect(page).toMatch(/<input id="times"[^>]*value="2"/)
    expect(page).toMatch(/<input id="change.signature"[^>]*value="none"/)
  }
  expect(await parties.faults.list()).toHaveLength(1)
  const others = await (await request(location.replace('armFault', 'mint'))).text()
  expect(others).not.toContain('Done')
})

test('what a path names and is not there is told beside its field', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/console/deleteUser', form({ 'path.name': 'zed' }))
  const page = await answer.text()
  expect(answer.status).toBe(404)
  expect(page).toMatch(/<input id="path.name"[^>]*aria-invalid="true"[^>]*value="zed"/)
  expect(page).toContain('<b class="bad">there is no user [zed], known are alice, bob, carol </b>')
})

test('a change that there is not is told beside its key, and that there is none beside all of them', async () => {
  const { request, parties } = await controlledIdp()
  const fields = { party: 'idp', on: 'LogoutRequest' }
  const wrong = await request('/_sloop/console/armFault', form({ ...fields, 'change.delivery': 'nevver' }))
  const page = await wrong.text()
  expect(page).toMatch(/<input id="change.delivery"[^>]*aria-invalid="true"[^>]*value="nevver"/)
  expect(page).toContain('<b class="bad">change.delivery: there is no value [nevver], did you mean never? </b>')
  const none = await (await request('/_sloop/console/armFault', form(fields))).text()
  expect(none).toMatch(/<details open[^>]*><summary>.*<\/summary><p class="bad">change: /)
  expect([wrong.status, await parties.faults.list()]).toEqual([400, []])
})

test('a form can be sent as it stands where its example names who is here', async () => {
  const users = [{ name: 'd<o>ra', email: 'd@example.test', displayName: 'D', groups: [] }]
  const { request, call } = await controlledIdp({ users })
  const json = { entityId: 'urn:mine', acs: 'http://app.test/acs' }
  await call('/_sloop/idp/service-providers', { method: 'POST', json })
  const page = await (await request('/_sloop/console/panel?operation=signIn')).text()
  expect(page).toMatch(/<input id="user"[^>]* value="d&lt;o&gt;ra" list="words-user"/)
  expect(page).toMatch(/<input id="to"[^>]* value="urn:mine" list="words-to"/)
  expect(page).toContain('<datalist id="words-to"><option value="urn:mine"></option></datalist>')
})

test('of a list the one that is wrong is told beside the list', async () => {
  const { request } = await controlledIdp()
  const fields = { kind: 'Response', to: 'urn:app', 'nameId.value': 'alice', status: '["Success",""]' }
  const answer = await request('/_sloop/console/mint', form(fields))
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringMatching(/<input id="status"[^>]*aria-invalid="true"/),
  ])
})

test('a form is a form, and of another site it does nothing', async () => {
  const { request, parties } = await controlledIdp()
  const json = await request('/_sloop/console/disarmAll', { method: 'POST', json: {} })
  expect([json.status, await json.text()]).toEqual([
    415,
    expect.stringContaining('a form is sent as application/x-www'),
  ])
  const foreign = await request('/_sloop/console/reset', form({}, { 'sec-fetch-site': 'cross-site' }))
  expect([foreign.status, parties.journal.last]).toEqual([403, 0])
})

test('there is no form for what is read by a link', async () => {
  const { request } = await controlledIdp()
  const answer = await request('/_sloop/console/listUsers', form({}))
  expect([answer.status, await answer.text()]).toEqual([
    404,
    expect.stringContaining('there is no form for [listUsers]'),
  ])
})

test('whatever is pasted is explained by every rule, and what holds no message is told in a sentence', async () => {
  const { request, parties } = await controlledIdp()
  const url = 'http://idp.localhost:7070/slo?SAMLRequest=garbage'
  const page = await (await request('/_sloop/console/explain', form({ text: url }))).text()
  expect(page).toContain('✗ refused: ')
  expect(page).toContain('as the identity provider judges it')
  const nothing = await request('/_sloop/console/explain', form({ text: 'hello' }))
  expect([nothing.status, await nothing.text()]).toEqual([400, expect.stringContaining('role="alert"')])
  expect(parties.journal.last).toBe(0)
})

test('of a capture the first fifty are explained, and the page says what it leaves out and what cannot be read', async () => {
  const { request } = await controlledIdp()
  const entry = (query: string) => ({ request: { method: 'GET', url: `http://idp.localhost:7070/slo?${query}` } })
  const entries = Array.from({ length: 51 }, (_, index) => entry(`SAMLRequest=garbage${index}`))
  const text = JSON.stringify({ log: { entries: [entry('SAMLRequest=a&SAMLRequest=b'), ...entries] } })
  const page = await (await request('/_sloop/console/explain', form({ text }))).text()
  expect(page.match(/as the identity provider judges it/g)).toHaveLength(50)
  expect(page).toContain('the query has two messages, SAMLRequest twice: expected one</li>')
  expect(page).toContain('<li>these are the first 50 of its 51 messages; sloop explain shows all of them</li>')
})
