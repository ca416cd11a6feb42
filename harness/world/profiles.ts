import type { Profile } from '../../sp-emulator/index.ts'

/** Every profile of an application, for whoever checks a choice before an application is loaded. */
export const appProfiles = Object.keys({ kibana: true, careful: true } satisfies Record<
  Profile,
  true
>) as readonly Profile[]
