import { expect, test } from 'vitest'
import { dyingStore } from '#server/store/dying-store.test-support'
import { startCarefulApp } from '../careful.test-support.ts'
import { cookieOf, startTestApp } from '../test-app.test-support.ts'

const me = '/internal/security/me'

test.each([
  ['kibana', startTestApp],
  ['careful', startCarefulApp],
] as const)(
  '%s: a Response over which the store failed, whichever call it failed, makes a session when it comes again',
  async (profile, start) => {
    for (let call = 0; ; call += 1) {
      const store = dyingStore()
      await using app = await start({ store })
      const begun = await app.startLogin('/app/wanted')
      store.dieAt(call, 'before')
      const first = await app.postResponse({ cookie: begun })
      if (!store.revive()) {
        expect([first.status, call > 2]).toEqual([302, true])
        return
      }
      expect([call, first.status]).toEqual([call, 503])
      // Whoever was at it counts as dead.
      app.clock.advance(60_000)
      const again = await app.postResponse({ cookie: begun })
      expect([call, again.status]).toEqual([call, 302])
      expect((await app.visit(me, { cookie: cookieOf(again) })).status).toBe(200)
      expect((await app.postResponse()).status).toBe(profile === 'careful' ? 401 : 302)
    }
  },
)
