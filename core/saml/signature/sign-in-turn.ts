import { type SignKeyObjectInput, sign } from 'node:crypto'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Signs octets, on this thread or another. */
export type SignInTurn = (digest: string, octets: Buffer, key: SignKeyObjectInput) => Promise<Buffer>

const signOnThreadPool = promisify(sign)

/** After each look that found nobody. */
const signaturesWithoutALook = 16

/**
 * Signs where it takes least: on this thread while nobody else wants a signature, since the way to the thread pool and back costs a seventh of an RSA
 * signature; on the thread pool otherwise, so that several use every core. Who else does is seen by letting the event loop turn once, which costs up to a
 * tenth of one: whoever finds nobody lets only those go first for the next few who are as far already.
 */
export function createSignInTurn(): SignInTurn {
  let asked = 0
  let made = 0
  let untilLook = 0
  const underWay = (): number => asked - made

  const lookForOthers = async (): Promise<void> => {
    const before = asked
    // Whoever has sent a request by the next turn gets as far as to want a signature, too.
    await (untilLook > 0 ? undefined : turnOfTheLoop())
    if (asked > before) untilLook = 0
    else untilLook = untilLook > 0 ? untilLook - 1 : signaturesWithoutALook
  }

  return async (digest, octets, key) => {
    asked += 1
    try {
      if (underWay() === 1) await lookForOthers()
      return underWay() === 1 ? sign(digest, octets, key) : await signOnThreadPool(digest, octets, key)
    } finally {
      made += 1
    }
  }
}

/** For all signatures of this process. */
export const signInTurn: SignInTurn = createSignInTurn()
