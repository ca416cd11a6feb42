import { ConfigError } from '#server/config-error'
import type { Judge } from './explained.ts'

/** Who judges where nothing runs: a realm of an `elasticsearch.yml`, or whoever knows the sender. */
export interface OfflineReceiver {
  readonly config: string | undefined
  readonly realm: string | undefined
  readonly metadata: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>> | undefined
}

/** @throws ConfigError when the realm or the sender cannot be read */
export async function judgeOffline({ config }: OfflineReceiver): Promise<Judge> {
  throw new ConfigError(`${config === undefined ? '--metadata' : '--config'}: judging offline is not possible yet`)
}
