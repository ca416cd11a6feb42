import { expect, test } from 'vitest'
import { isRefusal } from './is-refusal.ts'

// As src/script.c and src/acl.c of Redis 6.2 and 7.0 write them.
test.each([
  "NOPERM this user has no permissions to run the 'evalsha' command",
  'WRONGPASS invalid username-password pair or user is disabled.',
  "OOM command not allowed when used memory > 'maxmemory'.",
  "ERR Error running script (call to f_2a): @user_script:2: @user_script: 2: -OOM command not allowed when used memory > 'maxmemory'.",
  "ERR Error running script (call to f_2a): @user_script:2: @user_script: 2: The user executing the script can't run this command or subcommand",
])('what is refused for good is not asked for again: %s', (message) => {
  expect(isRefusal(new Error(message))).toBe(true)
})

test.each([
  'LOADING Redis is loading the dataset in memory',
  "READONLY You can't write against a read only replica.",
  "ERR Error running script (call to f_2a): @user_script:2: @user_script: 2: -READONLY You can't write against a read only replica.",
  'ERR something else (call to f_2a): -OOM',
  'connect ECONNREFUSED 127.0.0.1:6379',
])('what may pass is waited for: %s', (message) => {
  expect(isRefusal(new Error(message))).toBe(false)
})
