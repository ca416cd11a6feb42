import { loadOnce } from '#server/load-once'
import type { Fetch } from '#server/serve'
import { nearest } from '#server/suggestions'
import type { RunningParties } from '../roles/running-parties.ts'
import { acceptedType } from './accepted-type.ts'
import { type Admission, whyNotAdmitted } from './admission.ts'
import { answerEvents } from './answer-events.ts'
import { ControlError, controlError } from './control-error.ts'
import type { EventSource, Row } from './operation.ts'
import { open, perform } from './perform.ts'
import { readGiven } from './read-given.ts'
import { table } from './table.ts'

interface Surroundings {
  /** The address of the role in front of which this stands. */
  readonly at: string
  readonly parties: RunningParties
  readonly admission: Admission
  /** The path of a request as the table has it, below `/_sloop`. */
  readonly pathOf: (request: Request) => string
}

const rows: readonly Row[] = Object.values<Row>(table).map((row) => ({ ...row, load: loadOnce(row.load) }))

/** What tells of the operations, by its path; each is made when it is asked for. */
const documents: Readonly<Record<string, (surroundings: Surroundings) => Promise<Response>>> = {
  '/openapi.json': async () => {
    const { openApi } = await import('./open-api.ts')
    return json(200, await openApi())
  },
  '/reference': async ({ at, admission }) => {
    const [{ referencePage }, { pageAnswer }] = await Promise.all([
      import('./reference-page.tsx'),
      import('../pages/page-answer.ts'),
    ])
    return pageAnswer(await referencePage({ at, needsToken: admission.token !== undefined }))
  },
}

/** The operations of the table as a function from request to response. */
export function createDispatcher(surroundings: Surroundings): Fetch {
  const { parties, admission, pathOf } = surroundings
  return async (request) => {
    const path = pathOf(request).slice('/_sloop'.length)
    if (isForConsole(request, path)) return (await loadConsole())(request, path, surroundings)
    try {
      const refusal = whyNotAdmitted(request, admission)
      if (refusal !== undefined) throw refusal
      return await answer(request, path, surroundings)
    } catch (error) {
      return refuse(error instanceof ControlError ? error : unexpected(error, parties))
    }
  }
}

const loadConsole = loadOnce(async () => (await import('../console/console.tsx')).answerConsole)

/** What people look at: the console, and an entry of the journal that a browser opens. */
function isForConsole({ headers }: Request, path: string): boolean {
  if (path === '' || path === '/' || path.startsWith('/console/')) return true
  return /^\/journal\/\d{1,15}$/.test(path) && (headers.get('accept') ?? '').includes('text/html')
}

async function answer(request: Request, path: string, surroundings: Surroundings): Promise<Response> {
  const document = documents[path]
  if (document !== undefined) {
    checkMethod(request, path, ['GET'])
    return document(surroundings)
  }
  const { row, key } = findRow(request, path)
  const operation = await row.load()
  const given = await readGiven(request, operation, row)
  const { parties } = surroundings
  if ('open' in operation) {
    return stream(request, await open(operation, parties, { key, given: behindLast(request, given) }))
  }
  const { status, answer } = await perform(operation, parties, { key, given, signal: request.signal })
  if (status === 204) return new Response(null, { status, headers })
  const { also = {} } = operation
  const type = acceptedType(request.headers.get('accept'), Object.keys(also))
  const write = also[type]
  if (write === undefined) return json(status, answer)
  return new Response(write(answer as never), { status, headers: { ...headers, 'Content-Type': type } })
}

/** Who only asks how it would be answered is not given what does not end. */
function stream({ method }: Request, source: EventSource): Response {
  const answer = answerEvents(source)
  if (method !== 'HEAD') return answer
  source.stop()
  return new Response(null, answer)
}

/** Whoever comes back to a stream says by this header what he had last (HTML §9.2.4), whatever the address says. */
function behindLast({ headers }: Request, given: unknown): unknown {
  const last = headers.get('last-event-id')
  return last === null ? given : { ...(given as object), after: last }
}

function findRow(request: Request, path: string): { row: Row; key: string } {
  const found = rows.flatMap((row) => {
    const key = keyIn(row.path, path)
    return key === undefined ? [] : [{ row, key }]
  })
  if (found.length === 0) throw noSuchOperation(path)
  const exact = found.filter(({ row }) => row.path === path)
  const meant = exact.length === 0 ? found : exact
  const methods = meant.map(({ row }) => row.method)
  const method = checkMethod(request, path, methods)
  const chosen = meant.find(({ row }) => row.method === method)
  if (chosen === undefined) throw noSuchOperation(path)
  return chosen
}

/** HEAD is answered as GET is, which changes nothing here. */
function checkMethod({ method }: Request, path: string, methods: readonly string[]): string {
  const wanted = method === 'HEAD' ? 'GET' : method
  if (methods.includes(wanted)) return wanted
  throw controlError('methodNotAllowed', `/_sloop${path} does not answer to ${method}`, {
    expected: methods,
    actual: method,
  })
}

/** What a path names where the table has braces, decoded; empty where it has none. Undefined when it is another path. */
function keyIn(template: string, path: string): string | undefined {
  const [before = '', after] = template.split(/\{\w+\}/)
  if (after === undefined) return template === path ? '' : undefined
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined
  const key = path.slice(before.length, path.length - after.length)
  return key === '' || key.includes('/') ? undefined : decoded(key)
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    throw controlError('invalid', 'the path is not percent-encoded UTF-8', { path: 'path', actual: key.slice(0, 256) })
  }
}

function noSuchOperation(path: string): ControlError {
  const actual = `/_sloop${path.slice(0, 256)}`
  const known = [...new Set(rows.map((row) => `/_sloop${row.path}`))]
  const meant = nearest(actual, known)
  const hint = meant === undefined ? '/_sloop/reference lists all' : `did you mean ${meant}?`
  return controlError('noSuchOperation', `there is no operation at ${actual}, ${hint}`, { expected: meant, actual })
}

function unexpected(error: unknown, { log }: RunningParties): ControlError {
  const { message, stack } = error as Error
  log.error({ code: 'INTERNAL', stack }, message)
  return controlError('internal', 'this is a mistake in the control API itself; its log says more')
}

function refuse({ type, message, path, expected, actual, code, nearest, status }: ControlError): Response {
  const answer = json(status, { error: { type, message, path, expected, actual, code, nearest } })
  // What was waited for did not come; nothing is wrong with the connection (RFC 9110 §15.5.9).
  if (status === 408) answer.headers.set('Connection', 'keep-alive')
  if (status === 401) answer.headers.set('WWW-Authenticate', 'Bearer')
  if (status === 405) answer.headers.set('Allow', (expected as readonly string[]).join(', '))
  return answer
}

const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

const json = (status: number, value: unknown): Response => Response.json(value, { status, headers })
