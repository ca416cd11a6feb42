/** How long a server may take to answer. */
export const patienceMs = 10_000

/** How long a page may go on by itself until it is left as it stands. */
export const longestWaitMs = 15_000

/** What a browser shows in place of a page that nobody answered. */
export const noPage = (reason: string): string => `No page: ${reason}`

export const noAnswer = `no answer within ${patienceMs / 1_000} s`
export const tooManyRedirects = 'too many redirects'
/** A browser asks a person before it posts once more, and waits. */
export const wouldPostAgain = 'the page was posted, and is not posted again without being asked'

const closed = 'the connection was closed without an answer'
const nobodyThere = 'nobody listens there'
const unknownName = 'the name is not known'

/** The same words for what Node and Chromium say. */
const reasons: Readonly<Record<string, string>> = {
  ECONNRESET: closed,
  EPIPE: closed,
  ERR_CONNECTION_RESET: closed,
  ERR_CONNECTION_CLOSED: closed,
  ERR_EMPTY_RESPONSE: closed,
  ECONNREFUSED: nobodyThere,
  ERR_CONNECTION_REFUSED: nobodyThere,
  ENOTFOUND: unknownName,
  ERR_NAME_NOT_RESOLVED: unknownName,
  ERR_TIMED_OUT: noAnswer,
  ERR_TOO_MANY_REDIRECTS: tooManyRedirects,
  ERR_CACHE_MISS: wouldPostAgain,
}

/** Why there is no page, by an error of Node's or the words of Chromium. @throws the error that is about something else */
export function reasonOf(failure: unknown): string {
  const code = failure instanceof Error ? codeOf(failure) : String(failure).replace(/^net::/, '')
  if (code === undefined) throw failure
  return reasons[code] ?? code
}

function codeOf(error: NodeJS.ErrnoException): string | undefined {
  return error.name === 'AbortError' || error.name === 'TimeoutError' ? 'ERR_TIMED_OUT' : error.code
}
