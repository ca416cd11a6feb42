import { readFileSync } from 'node:fs'

/** Linux counts time in hundredths of a second. */
const ticksPerSecond = 100

/** Processor time of a process, all its threads, in seconds. */
export function secondsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Behind the name in parentheses: the third field of all is the first here (proc_pid_stat(5): utime is the 14th, stime the 15th).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Time that all processors were busy, in seconds (proc_stat(5)). */
export function busySeconds(): number {
  const [, user, nice, system, , , irq, softIrq, steal] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 9).map(Number)
  const ticks = [user, nice, system, irq, softIrq, steal].reduce<number>((sum, each) => sum + (each ?? 0), 0)
  return ticks / ticksPerSecond
}
