import { guardTestFile } from './left-behind.test-support.ts'

guardTestFile()
