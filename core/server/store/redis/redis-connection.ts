import { createHash } from 'node:crypto'
import { inTime } from '../../timers.ts'
import { StoreUnavailable } from '../store-unavailable.ts'

/** A script that runs in the engine, where nothing comes between its commands. */
export interface Script {
  readonly text: string
  readonly sha: string
}

export function scriptOf(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

/**
 * An engine that speaks the protocol of Redis. What is sent in one turn of the event loop goes out in one piece.
 * @throws StoreUnavailable from `send` and `run`, at the latest after `mostMs`: when it is away, slow, full or refuses
 */
export interface RedisConnection {
  /** Its address without user and password. */
  readonly place: string
  /** How often it was opened. */
  readonly connections: number
  /** Is told each time that it was opened again. */
  whenBack(tell: () => void): void
  /** `key` is one of those that the command is about. */
  send(key: string, words: readonly string[]): Promise<unknown>
  run(script: Script, keys: readonly string[], words: readonly string[]): Promise<unknown>
  close(): Promise<void>
}

/** Brings a command to the engine, to the node of a cluster that has this key. */
export type SendCommand = (key: string, words: readonly string[]) => Promise<unknown>

/** How long a command may take before whoever asked is told that the engine does not answer; who asks after that is told at once, for as long again or until it does. */
export const mostMs = 2_000

/** How often a client was opened, and who is told. */
export type Opened = Pick<RedisConnection, 'connections' | 'whenBack'>

const openedOnce: Opened = { connections: 1, whenBack: () => undefined }

interface Speaking {
  readonly place: string
  readonly close: () => Promise<void>
  readonly opened?: Opened
  /** Looks for another engine: the one that there was says nothing, or that it is no more the one that takes changes. */
  readonly renew?: () => void
  readonly longestMs?: number
}

/** Speaks to the engine through a client that is open, or opens again by itself. */
export function speakTo(
  sendCommand: SendCommand,
  { place, close, opened = openedOnce, renew = () => undefined, longestMs = mostMs }: Speaking,
): RedisConnection {
  const silence = `the store at ${place} did not answer within ${longestMs / 1_000} s`
  /** Of each lab, which is in one node of a cluster: what one request asks one after the other takes the time once, and no other lab is kept from its node. */
  const silentUntil = new Map<string, number>()
  const send: SendCommand = async (key, words) => {
    const lab = labOf(key)
    if ((silentUntil.get(lab) ?? 0) > performance.now()) throw new StoreUnavailable(silence)
    const { connections: asked } = opened
    return inTime(longestMs, sendCommand(key, words), (answer) => {
      // What it was asked says nothing of the one that serves now.
      if (opened.connections === asked) {
        silentUntil.set(lab, performance.now() + longestMs)
        renew()
        const heard = () => void silentUntil.delete(lab)
        answer.then(heard, heard)
      }
      throw new StoreUnavailable(silence)
    })
  }
  opened.whenBack(() => silentUntil.clear())
  const failed = (cause: unknown): never => {
    if (cause instanceof StoreUnavailable) throw cause
    const { word, says } = explain(place, cause as Error)
    if (replicaSays.includes(word)) renew()
    throw new StoreUnavailable(says, { cause })
  }
  return {
    place,
    get connections() {
      return opened.connections
    },
    whenBack: opened.whenBack,
    send: (key, words) => send(key, words).catch(failed),
    run: (script, keys, words) => runBy(send, script, { keys, words }).catch(failed),
    close,
  }
}

/** Sends a script by its digest, and as a whole to an engine that does not know it. @throws Error in the engine's words */
export async function runBy(
  send: SendCommand,
  { text, sha }: Script,
  { keys, words = [] }: { readonly keys: readonly string[]; readonly words?: readonly string[] },
): Promise<unknown> {
  const [key = ''] = keys
  const rest = [`${keys.length}`, ...keys, ...words]
  try {
    return await send(key, ['EVALSHA', sha, ...rest])
  } catch (cause) {
    if (!(cause as Error).message.startsWith('NOSCRIPT')) throw cause
    return send(key, ['EVAL', text, ...rest])
  }
}

/** By the hash tag. */
const labOf = (key: string): string => key.slice(0, key.indexOf('}') + 1)

/** What the engine's own words begin with, and what they mean to somebody who waits for an answer of ours. */
const meanings: Readonly<Record<string, string>> = {
  OOM: 'is full',
  ...Object.fromEntries(['NOAUTH', 'WRONGPASS', 'NOPERM'].map((word) => [word, 'refuses us'])),
  ...Object.fromEntries(
    ['ERR', 'READONLY', 'MISCONF', 'LOADING', 'CLUSTERDOWN', 'MASTERDOWN', 'NOREPLICAS', 'TRYAGAIN', 'BUSY'].map(
      (word) => [word, 'cannot serve now'],
    ),
  ),
}

/** By which an engine tells that it is, or has become, the replica of another. */
const replicaSays: readonly string[] = ['READONLY', 'MASTERDOWN']

function explain(place: string, { message }: Error): { readonly word: string; readonly says: string } {
  const [word = ''] = message.split(' ', 1)
  const means = Object.hasOwn(meanings, word) ? meanings[word] : 'cannot be reached'
  return { word, says: `the store at ${place} ${means} (${message.trim()})` }
}
