import { ConfigError } from '#server/config-error'
import type { WantedFault } from '#server/faults'
import { NoSuch } from '#server/no-such'
import { checkFault } from './check-fault.ts'
import { FaultMistake } from './fault-mistake.ts'

/** @throws ConfigError naming the dotted path of what no message could ever take */
export async function checkWorldFaults(
  faults: readonly WantedFault[],
  parties: Parameters<typeof checkFault>[1],
): Promise<void> {
  for (const [index, fault] of faults.entries()) {
    await checkFault(fault, parties).catch((cause: unknown) => {
      if (cause instanceof FaultMistake) throw new ConfigError(`faults[${index}].${cause.message}`, { cause })
      if (cause instanceof NoSuch) throw new ConfigError(`faults[${index}].party: ${cause.message}`, { cause })
      throw cause
    })
  }
}
