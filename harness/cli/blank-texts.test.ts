import { afterEach, expect, test, vi } from 'vitest'
import { type Ending, endingOf } from './failure.ts'
import { createProgram } from './program.ts'

afterEach(() => void vi.unstubAllEnvs())

/** Of a command line that starts nothing. */
async function endingOfRun(argv: string[]): Promise<Ending | undefined> {
  const startRoles = () => Promise.reject(new Error('it was started'))
  const stop = new AbortController().signal
  try {
    const program = await createProgram(argv, { print: () => undefined, stop, startRoles })
    await program.parseAsync(argv, { from: 'user' })
    return undefined
  } catch (error) {
    return endingOf(error)
  }
}

const refusal = (flag: string, found: string): Pick<Ending, 'message'> => ({
  message: `sloop: option '${flag}' ${found} is invalid. It cannot be blank.\n`,
})

test.each([
  ['up', '--host <address>', 'SLOOP_HOST'],
  ['up', '--config <file>', 'SLOOP_CONFIG'],
  ['idp', '--config <file>', 'SLOOP_CONFIG'],
  ['es', '--config <file>', 'SLOOP_CONFIG'],
  ['up', '--keys <folder>', 'SLOOP_KEYS'],
  ['up', '--es-version <version>', 'SLOOP_ES_VERSION'],
  ['up', '--elastic-password <password>', 'ELASTIC_PASSWORD'],
  ['up', '--tls-cert <file>', 'SLOOP_TLS_CERT'],
  ['up', '--tls-key <file>', 'SLOOP_TLS_KEY'],
])('a blank text is refused for sloop %s %s and %s', async (command, flag, variable) => {
  const [name = ''] = flag.split(' ')
  expect(await endingOfRun([command, name, ''])).toMatchObject(refusal(flag, "argument ''"))
  vi.stubEnv(variable, ' ')
  expect(await endingOfRun([command])).toMatchObject(refusal(flag, `value ' ' from env '${variable}'`))
})

test.each([
  ['up', '--entity-id <id>'],
  ['run', '--family <name>'],
  ['run', '--report <folder>'],
])('a blank text is refused for sloop %s %s', async (command, flag) => {
  const [name = ''] = flag.split(' ')
  expect(await endingOfRun([command, name, ''])).toMatchObject(refusal(flag, "argument ''"))
})

test('a blank token is refused as the server refuses it', async () => {
  expect(await endingOfRun(['control', '--token', ''])).toMatchObject({
    message:
      "sloop: option '--token <token>' argument '' is invalid. It is a text without blanks, of characters that a header can carry.\n",
  })
})
