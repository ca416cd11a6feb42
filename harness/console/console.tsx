import { SamlError } from '#saml/errors'
import { ConfigError } from '#server/config-error'
import { readBody } from '#server/read-body'
import { whyNotAdmitted } from '../control/admission.ts'
import { ControlError, controlError } from '../control/control-error.ts'
import { keepToken } from '../control/token-cookie.ts'
import { createDescriber } from '../journal/describe-entry.ts'
import { toHar } from '../journal/to-har.ts'
import { toJsonLines } from '../journal/to-lines.ts'
import { toMermaid } from '../journal/to-mermaid.ts'
import { pageAnswer, redirectTo } from '../pages/page-answer.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { ConsolePage, consoleParts } from './console-page.tsx'
import { demos, isDemo, userOf } from './demo.ts'
import { EntryPage, entryParts } from './entry-page.tsx'
import { neighboursOf } from './entry-parts.ts'
import { explainEntry } from './explain-message.ts'
import { ExplainPage, explainParts } from './explain-page.tsx'
import { explainPasted } from './explain-pasted.ts'
import { lookAt, readChosen } from './look.ts'
import { LookView } from './look-view.tsx'
import { MessagePage, messageParts, TokenPage } from './message-page.tsx'
import { performForm, showPanel } from './panel.tsx'
import { readFields } from './read-fields.ts'
import type { ConsoleSurroundings, Visit } from './visit.ts'

type Answer = (visit: Visit) => Promise<Response>

/** Answers a request for a page of the console; the path is as below `/_sloop`. What goes wrong is told on a page. */
export async function answerConsole(
  request: Request,
  path: string,
  surroundings: ConsoleSurroundings,
): Promise<Response> {
  const root = `${new URL(surroundings.at).pathname.replace(/\/+$/, '')}/_sloop/`
  const visit = { ...surroundings, request, root }
  try {
    if (path === '/console/token') return await takeToken(visit)
    const refusal = whyNotAdmitted(request, surroundings.admission)
    if (refusal !== undefined) throw refusal
    return await answerTo(request.method, path)(visit)
  } catch (error) {
    return tell(error, visit)
  }
}

function answerTo(method: string, path: string): Answer {
  const wanted = method === 'HEAD' ? 'GET' : method
  const [, , name = ''] = path.split('/')
  const found = wanted === 'GET' ? readings[path] : undefined
  if (found !== undefined) return found
  if (path.startsWith('/journal/') && wanted === 'GET') return (visit) => showEntry(visit, Number(name))
  if (wanted === 'POST' && path === '/console/explain') return explain
  if (wanted === 'POST' && isDemo(name)) return (visit) => showDemo(visit, demos[name].run)
  if (wanted === 'POST' && path === `/console/${name}`) return (visit) => performForm(visit, name)
  throw controlError(
    'noSuchOperation',
    `the console has nothing that answers ${method} at /_sloop${path.slice(0, 256)}`,
  )
}

const readings: Readonly<Record<string, Answer>> = {
  '': async ({ root }) => redirectTo(root),
  '/': (visit) => showConsole(visit),
  '/console/look': showLook,
  '/console/journal': download,
  '/console/panel': showPanel,
  '/console/explain': async ({ root, at }) => pageAnswer(<ExplainPage root={root} at={at} />, explainParts),
}

async function showConsole({ request, parties, root, at }: Visit, problem?: ControlError): Promise<Response> {
  const { search, searchParams } = new URL(request.url)
  const [look, user] = await Promise.all([lookAt(parties, readChosen(searchParams)), userOf(parties)])
  const page = <ConsolePage look={look} root={root} at={at} user={user} query={search} problem={problem?.message} />
  return pageAnswer(page, { ...consoleParts, status: problem?.status ?? 200 })
}

/** The part of the page that changes. */
async function showLook({ request, parties, root }: Visit): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const [look, user] = await Promise.all([lookAt(parties, readChosen(searchParams)), userOf(parties)])
  const answer = pageAnswer(<LookView look={look} root={root} hasButtons={user !== undefined} />)
  answer.headers.set('X-Last-Entry', String(look.entries.last))
  return answer
}

async function showEntry({ parties, root, at }: Visit, seq: number): Promise<Response> {
  const { describe } = createDescriber(parties)
  const entries = parties.journal.since().map(describe)
  const entry = entries.find((each) => each.seq === seq)
  if (entry === undefined) throw controlError('noSuchEntry', `there is no entry ${seq}, or not any more`)
  const explained = await explainEntry(parties, entry)
  return pageAnswer(
    <EntryPage explained={explained} entry={entry} neighbours={neighboursOf(entry, entries)} root={root} at={at} />,
    entryParts,
  )
}

async function explain({ request, parties, root, at }: Visit): Promise<Response> {
  const text = (await readFields(request)).get('text') ?? ''
  try {
    const pasted = await explainPasted(parties, text)
    return pageAnswer(<ExplainPage root={root} at={at} text={text} pasted={pasted} />, explainParts)
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SamlError || error instanceof ControlError)) throw error
    const page = <ExplainPage root={root} at={at} text={text} problem={error.message} />
    return pageAnswer(page, { ...explainParts, status: 400 })
  }
}

const formats = {
  jsonl: { write: toJsonLines, type: 'application/x-ndjson', file: 'journal.jsonl' },
  har: { write: toHar, type: 'application/har+json', file: 'journal.har' },
  mermaid: { write: toMermaid, type: 'text/vnd.mermaid', file: 'journal.mmd' },
} as const

const isFormat = (name: string): name is keyof typeof formats => Object.hasOwn(formats, name)

/** The journal as a file, for a plain link. */
async function download({ request, parties }: Visit): Promise<Response> {
  const format = new URL(request.url).searchParams.get('format') ?? ''
  if (!isFormat(format)) {
    const expected = Object.keys(formats)
    throw controlError('invalid', `format: expected one of ${expected.join(', ')}`, { path: 'format', expected })
  }
  const { write, type, file } = formats[format]
  const { describe } = createDescriber(parties)
  return new Response(write(parties.journal.since().map(describe)), {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${file}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

async function showDemo(visit: Visit, run: (parties: RunningParties) => Promise<void>): Promise<Response> {
  try {
    await run(visit.parties)
  } catch (error) {
    return showConsole(visit, asProblem(error))
  }
  return redirectTo(visit.root)
}

const asProblem = (error: unknown): ControlError =>
  error instanceof ControlError ? error : controlError('refused', (error as Error).message)

const mostOctets = 4096

/** A browser whose user knows the token keeps it. */
async function takeToken({ request, admission, root, at }: Visit): Promise<Response> {
  if (request.method !== 'POST') return redirectTo(root)
  const octets = await readBody(request, mostOctets)
  const token = typeof octets === 'string' ? '' : (new URLSearchParams(octets.toString()).get('token') ?? '')
  const cookie = keepToken(request, { token, path: root })
  const headers = new Headers(request.headers)
  headers.delete('authorization')
  headers.set('cookie', cookie.slice(0, cookie.indexOf(';')))
  const refusal = whyNotAdmitted(new Request(request.url, { headers }), admission)
  if (refusal === undefined) return redirectTo(root, { 'Set-Cookie': cookie })
  if (refusal.status !== 401) throw refusal
  return pageAnswer(<TokenPage at={at} root={root} says="This is not the control token." />, {
    ...messageParts,
    status: 401,
  })
}

function tell(error: unknown, { at, root, parties }: Visit): Response {
  if (!(error instanceof ControlError)) {
    const { message, stack } = error as Error
    parties.log.error({ code: 'INTERNAL', stack }, message)
    const says = 'This is a mistake in the console itself; the log of sloop says more.'
    return pageAnswer(<MessagePage title="Something is wrong" at={at} says={says} />, { ...messageParts, status: 500 })
  }
  const { status, message } = error
  if (status === 401) {
    const says = 'This console asks for the control token, with which sloop was started.'
    return pageAnswer(<TokenPage at={at} root={root} says={says} />, { ...messageParts, status })
  }
  return pageAnswer(<MessagePage title="Not here" at={at} says={`${message}.`} />, { ...messageParts, status })
}
