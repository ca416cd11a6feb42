import { expect, test } from 'vitest'
import { cutOffRequest } from './cut-off-request.test-support.ts'
import { readBody } from './read-body.ts'

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

const inChunks = (...chunks: string[]) => new Blob(chunks).stream()

test('a body is read whole, whether its length is announced or not', async () => {
  const announced = await readBody(post('user=alice', { 'content-length': '10' }), 10)
  const chunked = await readBody(post(inChunks('user=', 'alice')), 10)
  expect([String(announced), String(chunked)]).toEqual(['user=alice', 'user=alice'])
})

test('a body of letters that need two octets may be as long as they fill', async () => {
  const announced = await readBody(post('üüüüü', { 'content-length': '10' }), 10)
  const chunked = await readBody(post(inChunks('üü', 'üüü')), 10)
  expect([String(announced), String(chunked)]).toEqual(['üüüüü', 'üüüüü'])
})

test('a request without a body has none of it', async () => {
  const body = await readBody(new Request('http://localhost/', { method: 'POST' }), 10)
  expect(body).toEqual(Buffer.alloc(0))
})

test.each([
  ['announced', { 'content-length': '10' }],
  ['in chunks', {}],
])('a body whose sender went away in the middle of it is incomplete: %s', async (_how, headers) => {
  await expect(readBody(cutOffRequest('http://localhost/', headers), 10)).resolves.toBe('incomplete')
})

test('a body that fails for another reason fails its reader', async () => {
  await expect(readBody(cutOffRequest('http://localhost/', {}, 'EIO'), 10)).rejects.toThrow('aborted')
})

test.each([
  ['announced', post('user=alice!', { 'content-length': '11' })],
  ['in chunks', post(inChunks('user=', 'alice!'))],
  ['announced as less', post('user=alice!', { 'content-length': '3' })],
  ['announced, in letters of two octets', post('üüüüüx', { 'content-length': '11' })],
  ['in chunks, in letters of two octets', post(inChunks('üüü', 'üüx'))],
  ['announced as less, in letters of two octets', post('üüüüüx', { 'content-length': '6' })],
])('a body of one octet more than allowed is too large: %s', async (_how, request) => {
  await expect(readBody(request, 10)).resolves.toBe('too-large')
})
