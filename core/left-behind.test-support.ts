import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, vi } from 'vitest'

const longestCloseMs = 2_000

/** What a test file could change for the files that share its process. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Every property of the global object and what it is. */
  readonly globals: ReadonlyMap<string, unknown>
  readonly console: ReadonlyMap<string, unknown>
  /** How many listeners the process has for each of its events. */
  readonly listeners: Readonly<Record<string, number>>
  /** What keeps the process alive, by kind: sockets, servers, child processes, timers. */
  readonly resources: readonly string[]
  readonly folder: string
  readonly hasFakeTime: boolean
}

export function lookAround(): Surroundings {
  const events = process.eventNames().map(String)
  return {
    environment: { ...process.env },
    globals: propertiesOf(globalThis),
    console: propertiesOf(console),
    listeners: Object.fromEntries(events.map((event) => [event, process.listenerCount(event)])),
    resources: process.getActiveResourcesInfo(),
    folder: process.cwd(),
    hasFakeTime: vi.isFakeTimers(),
  }
}

/** One sentence for each thing that was not put back. */
export function leftBehind(before: Surroundings, after: Surroundings): string[] {
  return [
    ...changed(new Map(Object.entries(before.environment)), new Map(Object.entries(after.environment))).map(
      (name) => `the environment variable ${name} is another`,
    ),
    ...changed(before.globals, after.globals).map((name) => `the global ${name} is another`),
    ...changed(before.console, after.console).map((name) => `console.${name} is another`),
    ...Object.entries(after.listeners)
      .filter(([event, count]) => count > (before.listeners[event] ?? 0))
      .map(([event]) => `a listener for the process's ${event} is still there`),
    ...added(before.resources, after.resources).map((kind) => `a ${kind} is still open`),
    ...(before.folder === after.folder ? [] : [`the working folder is ${after.folder}`]),
    ...(after.hasFakeTime ? ['time is still made up'] : []),
  ]
}

/** Stands for what Node makes when somebody first asks for it. */
const madeWhenAsked = Symbol('made when asked')

/** Without what libraries register for the whole process, under symbols or names that begin with two underscores. */
function propertiesOf(owner: object): ReadonlyMap<string, unknown> {
  const keys = Object.getOwnPropertyNames(owner).filter((key) => !key.startsWith('__'))
  const described = keys.map((key) => [key, Object.getOwnPropertyDescriptor(owner, key)] as const)
  return new Map(described.map(([key, descriptor]) => [key, descriptor?.get ? madeWhenAsked : descriptor?.value]))
}

function changed(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  const isSame = (name: string) => Object.is(before.get(name), after.get(name)) || before.get(name) === madeWhenAsked
  return [...names].filter((name) => !isSame(name))
}

function added(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before]
  return after.filter((kind) => {
    const index = left.indexOf(kind)
    if (index !== -1) left.splice(index, 1)
    return index === -1
  })
}

/** Every test file ends with the process as it found it; a socket may take some turns to close. */
export function guardTestFile(): void {
  let before: Surroundings
  beforeAll(() => {
    before = lookAround()
  })
  afterAll(async () => {
    const deadline = performance.now() + longestCloseMs
    while (leftBehind(before, lookAround()).length > 0 && performance.now() < deadline) await setImmediate()
    expect(leftBehind(before, lookAround())).toEqual([])
  })
}
