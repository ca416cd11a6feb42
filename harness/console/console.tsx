import { whyNotAdmitted } from '../control/admission.ts'
import { ControlError, controlError } from '../control/control-error.ts'
import { pageAnswer, redirectTo } from '../pages/page-answer.ts'
import { demos, isDemo } from './demo.ts'
import { download } from './download.ts'
import { ExplainPage, explainParts } from './explain-page.tsx'
import { MessagePage, messageParts, TokenPage } from './message-page.tsx'
import { performForm, showPanel } from './panel.tsx'
import { showConsole, showDemo, showLook } from './show-console.tsx'
import { showEntry } from './show-entry.tsx'
import { showExplained } from './show-explain.tsx'
import { takeToken } from './take-token.tsx'
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
  if (wanted === 'POST' && path === '/console/explain') return showExplained
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
