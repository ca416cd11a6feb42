import type { ScenarioResult } from '../run/scenario-result.ts'
import { linesOf, progressOf } from './list.ts'

export interface Listener {
  told(result: ScenarioResult): void
  /** Whatever is left to be said. */
  end(totals: string): void
}

export interface Screen {
  print(text: string): unknown
  /** Of a terminal, how wide it is; undefined where a file or a pipe is written. */
  readonly columns: number | undefined
}

const clearLine = '\r\u001B[2K'

/** On a terminal a line that says how far it is, below what does not hold; else a line for each scenario. */
export function tellAsItGoes({ print, columns }: Screen, all: number): Listener {
  if (columns === undefined) return { told: (result) => print(linesOf(result)), end: print }
  const results: ScenarioResult[] = []
  return {
    told: (result) => {
      results.push(result)
      const red = result.outcome === 'differs' ? linesOf(result) : ''
      print(`${clearLine}${red}${progressOf(results, { all, columns })}`)
    },
    end: (totals) => print(`${clearLine}${totals}`),
  }
}
