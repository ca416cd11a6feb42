import { expect, test } from 'vitest'
import { STATUS } from '../names.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { writeLogoutRequest } from './logout-request.ts'
import { type LogoutResponse, parseLogoutResponse, writeLogoutResponse } from './logout-response.ts'
import { header, nameId } from './messages.test-support.ts'
import { isSuccess, success } from './status.ts'

const read = (document: string) => parseLogoutResponse(readMessage(document))
const partial: LogoutResponse = {
  ...header,
  inResponseTo: '_0',
  status: { codes: [STATUS.responder, STATUS.partialLogout], message: 'one of two <answered>' },
}

test('what is written is read as the same LogoutResponse', () => {
  expect(read(writeLogoutResponse(partial))).toEqual(partial)
})

test('C027 what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(writeLogoutResponse(partial), 'protocol')).toMatchObject({ accepted: true })
})

test('C023 only the top-level code says whether it went well', () => {
  expect(isSuccess(success)).toBe(true)
  expect(isSuccess({ codes: [STATUS.success, STATUS.partialLogout] })).toBe(true)
  expect(isSuccess({ codes: [STATUS.responder, STATUS.success] })).toBe(false)
  expect(isSuccess({ codes: [] })).toBe(false)
})

test('a response without InResponseTo and without a message says so', () => {
  const response = read(writeLogoutResponse({ ...header, status: success }))
  expect(response.inResponseTo).toBeUndefined()
  expect(response.status).toEqual({ codes: [STATUS.success], message: undefined })
})

test('a request is no LogoutResponse', () => {
  const request = writeLogoutRequest({ ...header, nameId, sessionIndexes: [] })
  expect(() => read(request)).toThrow(refusal('SAML_ROOT', 'the message is a LogoutRequest, expected a LogoutResponse'))
})
