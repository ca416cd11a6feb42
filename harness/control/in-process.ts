import type { RunningParties } from '../roles/running-parties.ts'
import { makeControl } from './client.ts'
import { type Control, withLabs } from './labs-of.ts'

/** The operations on the parties of this process, checked and answered as over HTTP. */
export function controlInProcess(parties: RunningParties): Control {
  const operations = makeControl(async (row, asked) => {
    const [{ perform }, operation] = await Promise.all([import('./perform.ts'), row.load()])
    const { answer } = await perform(operation, parties, asked)
    return answer
  })
  return withLabs(operations, (id) => {
    // Only who has labs can have made one.
    const lab = parties.labs?.get(id).parties ?? parties
    return controlInProcess(lab)
  })
}
