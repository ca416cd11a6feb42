import type { Lab } from '../lab.ts'
import { connect } from './connect.ts'

/** The operations on a lab, however they are called: one suite holds all three ways to the same answers. */
export const threeWays = (lab: Lab) =>
  [
    ['in process', lab],
    ['over HTTP', connect(lab.idpUrl)],
    ['over HTTP, at another role', connect(lab.esUrl.replace('localhost', '127.0.0.1'))],
  ] as const
