import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import { table } from '../control/table.ts'
import { startLab } from '../lab.ts'
import type { Cli } from './cli.ts'
import { endingOf } from './failure.ts'
import { createProgram } from './program.ts'

const lab = await startLab({ applications: [] })
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:x"><SPSSODescriptor
 protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService index="0"
 Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://localhost:3000/acs"/></SPSSODescriptor></EntityDescriptor>`

async function control(words: readonly string[], cli: Partial<Cli> = {}) {
  const argv = ['control', ...words, '--at', lab.esUrl]
  let printed = ''
  const print = (text: string) => {
    printed += text
  }
  const startRoles = () => Promise.reject(new TypeError('control starts nothing'))
  try {
    const program = await createProgram(argv, { print, stop: new AbortController().signal, startRoles, ...cli })
    await program.parseAsync(argv, { from: 'user' })
    return { printed, code: 0, message: '' }
  } catch (error) {
    return { printed, ...endingOf(error) }
  }
}

const refused = (sentence: string) => ({ printed: '', code: 1, message: `sloop: ${sentence}\n` })

test('an operation prints what it answers as JSON in a line, and indented for a person', async () => {
  const ready = await control(['ready'])
  expect(ready).toEqual({ printed: '{"ready":true}\n', code: 0, message: '' })
  expect((await control(['ready'], { isTerminal: true })).printed).toBe('{\n  "ready": true\n}\n')
})

test('a fault is armed in the words of a shell', async () => {
  const words = ['armFault', 'party=idp', 'on=LogoutRequest', 'change.signature=none']
  const armed = { id: 'f1', party: 'idp', on: 'LogoutRequest', change: { signature: 'none' }, times: 1, fired: 0 }
  expect(JSON.parse((await control(words)).printed)).toMatchObject(armed)
})

test('what the path names is given by that name, and the rest is what the operation is told', async () => {
  const words = ['putUser', 'name=dana', 'groups=["staff"]', 'attributes.team=["a"]']
  expect(JSON.parse((await control(words)).printed)).toMatchObject({ name: 'dana', groups: ['staff'] })
  expect(await control(['deleteUser', 'name=dana'])).toEqual({ printed: '', code: 0, message: '' })
  expect(await control(['deleteUser', 'name=dana'])).toMatchObject({ code: 1 })
})

test('a name in a path is a text, also where it could be JSON', async () => {
  for (const name of ['12e4', 'null', 'a/b ü?']) {
    expect(JSON.parse((await control(['putUser', `name=${name}`])).printed)).toMatchObject({ name })
  }
  expect(JSON.parse((await control(['putUser', 'name="@home"'])).printed)).toMatchObject({ name: '@home' })
})

test('a value is what a file holds, or standard input', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-control-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'sp.xml'), metadata)
  const fromFile = await control(['addServiceProvider', `metadata=@${join(folder, 'sp.xml')}`])
  expect(JSON.parse(fromFile.printed)).toMatchObject({ entityId: 'urn:x', acs: ['http://localhost:3000/acs'] })
  expect(await control(['removeServiceProvider', 'entityId=urn:x'])).toMatchObject({ code: 0 })
  const fromInput = await control(['addServiceProvider', 'metadata=@-'], { readInput: async () => metadata })
  expect(JSON.parse(fromInput.printed)).toMatchObject({ entityId: 'urn:x' })
})

test('without an operation every one is listed with what it does', async () => {
  const { printed } = await control([])
  const lines = printed.trimEnd().split('\n')
  expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(table))
  expect(lines.find((line) => line.startsWith('deleteUser'))).toMatch(/^deleteUser name=… {2,}Removes a user; /)
})

test.each([
  [['listUser'], 'there is no operation [listUser], did you mean listUsers?'],
  [['toString'], `there is no operation [toString], known are ${Object.keys(table).join(', ')}`],
  [['deleteUser'], 'name: expected a text, found nothing; deleteUser is told by name=…'],
  [['deleteUser', 'name='], 'name: expected a text, found nothing; deleteUser is told by name=…'],
  [['deleteUser', 'name=a', 'name=b'], 'name: it is said twice, found ["a"] before'],
  [['deleteUser', 'name'], '[name]: expected name=value, such as nameId.value=alice'],
  [['deleteUser', 'name=alicia'], 'noSuchUser: there is no user [alicia], did you mean alice?'],
  [['signIn', 'usr=alice'], 'invalid: usr: unknown key, did you mean user?'],
  [['addServiceProvider', 'metadata=@/none'], 'metadata: cannot read /none: there is no such file, expected a text'],
])('what cannot be done is one sentence and exit code 1: %j', async (words, sentence) => {
  expect(await control(words)).toEqual(refused(sentence))
})

test('no body has a field of the name in its path, but that of putUser, which can say nothing else there', async () => {
  const rows = Object.entries<Row>(table).map(async ([name, row]) => {
    const { properties = {} } = z.toJSONSchema((await row.load()).request, { io: 'input' })
    return (nameInPath(row) ?? '') in properties ? [name] : []
  })
  expect((await Promise.all(rows)).flat()).toEqual(['putUser'])
})
