import { ControlError, controlError } from '../control/control-error.ts'
import { pageAnswer, redirectTo } from '../pages/page-answer.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { ConsolePage, consoleParts } from './console-page.tsx'
import { userOf } from './demo.ts'
import { lookAt, readChosen } from './look.ts'
import { LookView } from './look-view.tsx'
import type { Visit } from './visit.ts'

/** The page on which people watch a logout happen, with what could not be done. */
export async function showConsole({ request, parties, root, at }: Visit, problem?: ControlError): Promise<Response> {
  const { search, searchParams } = new URL(request.url)
  const [look, user] = await Promise.all([lookAt(parties, readChosen(searchParams)), userOf(parties)])
  const page = <ConsolePage look={look} root={root} at={at} user={user} query={search} problem={problem?.message} />
  return pageAnswer(page, { ...consoleParts, status: problem?.status ?? 200 })
}

/** The part of the page that changes. */
export async function showLook({ request, parties, root }: Visit): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const [look, user] = await Promise.all([lookAt(parties, readChosen(searchParams)), userOf(parties)])
  const answer = pageAnswer(<LookView look={look} root={root} hasButtons={user !== undefined} />)
  answer.headers.set('X-Last-Entry', String(look.entries.last))
  return answer
}

/** Does what a button of the console says, and leads back to it; what goes wrong is told there. */
export async function showDemo(visit: Visit, run: (parties: RunningParties) => Promise<void>): Promise<Response> {
  try {
    await run(visit.parties)
  } catch (error) {
    return showConsole(visit, asProblem(error))
  }
  return redirectTo(visit.root)
}

const asProblem = (error: unknown): ControlError =>
  error instanceof ControlError ? error : controlError('refused', (error as Error).message)
