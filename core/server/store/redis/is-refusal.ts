/** Answers of an engine that asking again does not change. */
const refusing = [
  ...['NOAUTH', 'WRONGPASS', 'NOPERM', 'ERR ACL failure in script', 'ERR The user executing the script', 'OOM'],
  ...['ERR invalid DB', 'ERR DB index', 'ERR SELECT is not allowed', 'ERR unknown command'],
]

/** Before Redis 7 what a script was refused stands behind where it was refused: `ERR Error running script (call to f_…): @user_script:2: -OOM …`. */
const beforeSeven = /^ERR Error running script .*(?:-OOM |The user executing the script )/s

/** Whether an engine that was asked again would refuse again. */
export const isRefusal = ({ message }: Error): boolean =>
  refusing.some((words) => message.startsWith(words)) || beforeSeven.test(message)
