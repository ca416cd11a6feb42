import { scenarioOfCapture } from '../captured/scenario-of-capture.ts'
import type { Found } from '../explain/found-message.ts'
import { readSenderMetadata } from '../explain/judge-offline.ts'
import { startLab } from '../lab.ts'
import type { Cli } from './cli.ts'

interface Wish {
  readonly cli: Cli
  /** An instant. */
  readonly at: string | undefined
  /** A file, or the XML itself. */
  readonly metadata: string | undefined
  readonly keepsNames: boolean
}

/** Prints a scenario that repeats what was found. @throws ConfigError, SamlError in one sentence when none does */
export async function printScenario(found: Found, { cli, metadata, ...options }: Wish): Promise<void> {
  const known = metadata === undefined ? undefined : readSenderMetadata(metadata)
  const server = await startLab({ applications: [] })
  try {
    const scenario = await scenarioOfCapture(found, { ...options, metadata: known, server })
    cli.print(`${JSON.stringify(scenario, null, 2)}\n`)
  } finally {
    await server.close()
  }
}
