import { type SignKeyObjectInput, sign } from 'node:crypto'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { promisify } from 'node:util'

const signOnThreadPool = promisify(sign)

/** How many signatures of this process are asked for and not made. */
let underWay = 0

/**
 * Signs where it takes least: on this thread while nobody else in the process wants a signature, since the way to the thread pool and back costs a seventh of
 * an RSA signature; on the thread pool otherwise, so that several use every core.
 */
export async function signInTurn(digest: string, octets: Buffer, key: SignKeyObjectInput): Promise<Buffer> {
  underWay += 1
  try {
    // Whoever has sent a request by now gets as far as to want a signature, too.
    if (underWay === 1) await turnOfTheLoop()
    return underWay === 1 ? sign(digest, octets, key) : await signOnThreadPool(digest, octets, key)
  } finally {
    underWay -= 1
  }
}
