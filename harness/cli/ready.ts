import { setTimeout as pause } from 'node:timers/promises'
import { InvalidArgumentError, Option } from 'commander'
import { ConfigError } from '#server/config-error'
import { type HttpGetOptions, httpGet } from '#server/http-get'
import { loggableText } from '#server/log-facts'
import type { Configure } from './cli.ts'
import { parseUrl } from './flags.ts'
import { ourAuthority } from './our-authority.ts'

interface ReadyFlags {
  url: string[]
  timeout: number
}

const pauseMs = 100

const urls = () =>
  new Option('--url <url>', 'a role; may be given several times')
    .makeOptionMandatory()
    .argParser((text: string, before: string[] | undefined) => [...(before ?? []), parseUrl(text)])

const timeout = () =>
  new Option('--timeout <seconds>', 'how long to wait').default(30).argParser((text: string) => {
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
    throw new InvalidArgumentError('It is a number of seconds.')
  })

export const configure: Configure = (command, cli) => {
  command.addOption(urls()).addOption(timeout())
  command.action(async ({ url, timeout: seconds }: ReadyFlags) => {
    const deadline = AbortSignal.any([AbortSignal.timeout(seconds * 1000), cli.stop])
    const tls = ourAuthority(cli)
    await Promise.all(url.map((role) => waitUntilReady({ role, tls }, deadline)))
  })
}

interface Asked {
  readonly role: string
  readonly tls: HttpGetOptions['tls']
}

/** Asks at least once, so that a timeout of 0 means now. */
async function waitUntilReady(asked: Asked, deadline: AbortSignal): Promise<void> {
  const { role } = asked
  let missing = await whatIsMissing(asked)
  while (missing !== undefined && !deadline.aborted) {
    await pause(pauseMs, undefined, { signal: deadline }).catch(() => undefined)
    missing = await whatIsMissing(asked)
  }
  if (missing !== undefined) throw new ConfigError(`${role} is not ready: ${missing}`)
}

async function whatIsMissing({ role, tls }: Asked): Promise<string | undefined> {
  const url = `${role}/_sloop/ready`
  try {
    const { status, body } = await httpGet(url, { timeoutMs: 2000, ...(tls && { tls }) })
    return status === 200 ? undefined : (missingIn(body) ?? `${url} answers ${status}`)
  } catch (error) {
    return (error as Error).message
  }
}

/** What a role says that it lacks; one that is only starting answers with plain text. */
function missingIn(body: string): string | undefined {
  try {
    const { missing } = JSON.parse(body)
    return typeof missing === 'string' ? loggableText(missing) : undefined
  } catch {
    return undefined
  }
}
