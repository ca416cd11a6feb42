import type { CDPSession } from 'playwright'
import type { Spot } from './browser-control.ts'

/** Far longer than it takes to press again. */
const latency = 60_000
/** A browser that ignores the second press is waited for so long: on a machine that is starved a press takes more than a second. */
const ignoredAfterMs = 5_000
const unlimited = { offline: false, downloadThroughput: -1, uploadThroughput: -1 }

/** Presses a control twice within the time that the first answer takes: answers are held back until the second request is sent. */
export async function pressBoth(spot: Spot, devTools: CDPSession): Promise<void> {
  await devTools.send('Network.enable')
  await devTools.send('Network.emulateNetworkConditions', { ...unlimited, latency })
  try {
    // Playwright would wait with the second click until the first has led somewhere.
    const click = clickerOf(spot, devTools)
    await sentAfter(click, devTools)
    await sentAfter(click, devTools)
  } finally {
    await devTools.send('Network.emulateNetworkConditions', { ...unlimited, latency: 0 })
  }
}

function clickerOf({ x, y }: Spot, devTools: CDPSession): () => void {
  const at = { x, y, button: 'left', clickCount: 1 } as const
  // They are answered late, while a page is on its way.
  const send = (type: 'mousePressed' | 'mouseReleased') =>
    devTools.send('Input.dispatchMouseEvent', { type, ...at }).catch(() => undefined)
  return () => void Promise.all([send('mousePressed'), send('mouseReleased')])
}

/** Resolves when the headers of the request are on their way; a browser that ignores the press sends none. */
function sentAfter(click: () => void, devTools: CDPSession): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ignoredAfterMs)
    function done() {
      clearTimeout(timer)
      devTools.off('Network.requestWillBeSentExtraInfo', done)
      resolve()
    }
    devTools.on('Network.requestWillBeSentExtraInfo', done)
    click()
  })
}
