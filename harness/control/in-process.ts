import type { RunningParties } from '../roles/running-parties.ts'
import { type Control, makeControl } from './client.ts'

/** The operations on the parties of this process, checked and answered as over HTTP. */
export function controlInProcess(parties: RunningParties): Control {
  return makeControl(async (row, asked) => {
    const [{ perform }, operation] = await Promise.all([import('./perform.ts'), row.load()])
    const { answer } = await perform(operation, parties, asked)
    return answer
  })
}
