import { setTimeout as sleep } from 'node:timers/promises'
import { mayBeFramed } from './frame-policy.ts'
import { type HttpDocument, missingDocument, originOf } from './http-document.ts'
import type { HttpLoader, Load } from './http-loader.ts'
import { longestWaitMs } from './no-page.ts'

const mostPages = 20
/** Between two looks at what a page waits for. */
const lookEveryMs = 100

export interface GoOn {
  readonly loader: HttpLoader
  /** The addresses of the pages around the frame in which all this happens. */
  readonly around?: readonly string[]
  /** Told of every page that comes, and whether it takes the place of the one before in the history. */
  readonly arrive?: (page: HttpDocument, takesPlace: boolean) => void
}

/**
 * Goes on with a page, and with what is in its frames, until it waits for a person; answers the page that does. A page that reloads itself until something
 * happens is left as it stands after a while, and nobody waits for its time where what it leads to is there before. @throws Error when pages go on for ever
 */
export async function goOn(first: HttpDocument, { loader, around = [], arrive }: GoOn): Promise<HttpDocument> {
  const giveUpAt = performance.now() + longestWaitMs
  let page = first
  for (let count = 0; count < mostPages; ) {
    const { automatic, refresh } = page
    const frames = automatic === undefined ? await loadFrames(page, { loader, around }) : []
    const action = automatic ?? (refresh && ({ method: 'GET', url: refresh.url } as const))
    if (action === undefined) return page
    const next = await loadInto({ action, from: page, around }, loader)
    const leadsToItself = refresh !== undefined && next.refresh !== undefined && next.url === page.url
    if (leadsToItself && performance.now() > giveUpAt) return page
    if (leadsToItself) await sleep(lookEveryMs)
    else count += 1
    arrive?.(next, leadsToItself || takesPlace(page, frames))
    page = next
  }
  throw new Error(`no page after ${mostPages} that went on by themselves; the last one is ${page.url}`)
}

/** As in Chromium: a page that stood for more than a second stays in the history, unless its script saw that every frame had come back. */
function takesPlace(page: HttpDocument, frames: readonly HttpDocument[]): boolean {
  const areBack = frames.length > 0 && frames.every((frame) => originOf(frame) === originOf(page))
  return (page.refresh?.seconds ?? 0) <= 1 || areBack
}

async function loadFrames(page: HttpDocument, { loader, around }: Required<Pick<GoOn, 'loader' | 'around'>>) {
  const within = [...around, page.url]
  const loadFrame = async (url: string) => {
    const shown = await loadInto({ action: { method: 'GET', url }, from: page, around: within }, loader)
    return goOn(shown, { loader, around: within })
  }
  return Promise.all(page.frames.map(loadFrame))
}

/** What a tab or a frame shows: a page may refuse to be framed. */
async function loadInto(load: Load, loader: HttpLoader): Promise<HttpDocument> {
  const page = await loader.load(load)
  const { around = [] } = load
  return mayBeFramed(page.headers, { url: page.url, around }) ? page : missingDocument(page, 'it is not to be framed')
}
