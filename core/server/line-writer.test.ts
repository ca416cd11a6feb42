import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLineWriter } from './line-writer.ts'

/** A stream whose reader takes what is written only when told to. */
function heldStream() {
  const taken: string[] = []
  const waiting: (() => void)[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(line, _encoding, done) {
      taken.push(String(line))
      waiting.push(done)
    },
  })
  const read = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      next()
      await new Promise(setImmediate)
    }
  }
  return { stream, taken, read }
}

function writerTo(stream: Writable) {
  const writer = createLineWriter(stream, {
    maxWaitingOctets: 10,
    onRoomAgain: (dropped) => writer.write(`${dropped} dropped\n`),
  })
  return writer
}

test('lines that find no room are dropped, and a line in their place says how many', async () => {
  const { stream, taken, read } = heldStream()
  const writer = writerTo(stream)
  for (const line of ['one-1\n', 'two-2\n', 'three\n', 'four\n']) writer.write(line)
  await read()
  writer.write('five\n')
  await read()
  expect(taken).toEqual(['one-1\n', 'two-2\n', '2 dropped\n', 'five\n'])
})

test('how many were dropped is said also when no line follows', async () => {
  const { stream, taken, read } = heldStream()
  const writer = writerTo(stream)
  for (const line of ['one-1\n', 'two-2\n', 'three\n']) writer.write(line)
  await read()
  expect(taken.at(-1)).toBe('1 dropped\n')
})

test('a line that is longer than the room is written when nothing waits', async () => {
  const { stream, taken, read } = heldStream()
  writerTo(stream).write('longer than ten octets\n')
  await read()
  expect(taken).toEqual(['longer than ten octets\n'])
})

test('what is insisted on is never dropped', async () => {
  const { stream, taken, read } = heldStream()
  const writer = writerTo(stream)
  for (const line of ['one-1\n', 'two-2\n']) writer.write(line)
  writer.insist('the last sentence\n')
  await read()
  expect(taken).toContain('the last sentence\n')
})

test('flush settles once everything has been read', async () => {
  const { stream, taken, read } = heldStream()
  const writer = writerTo(stream)
  for (const line of ['one-1\n', 'two-2\n', 'three\n']) writer.write(line)
  const flushed = writer.flush(60_000).then(() => [...taken])
  await read()
  expect(await flushed).toEqual(['one-1\n', 'two-2\n', '1 dropped\n'])
})

test('flush waits no longer than it was told to', async () => {
  const writer = writerTo(heldStream().stream)
  writer.write('one\n')
  await expect(writer.flush(1)).resolves.toBeUndefined()
})

test('a line that the stream refuses is lost without a word, and not waited for', async () => {
  const stream = new Writable({ write: (_line, _encoding, done) => done(new Error('ENOSPC')) })
  const writer = writerTo(stream)
  const refused = new Promise((resolve) => stream.once('close', resolve))
  writer.write('one\n')
  await writer.flush(60_000)
  await refused
  expect(stream.errored).toEqual(new Error('ENOSPC'))
})
