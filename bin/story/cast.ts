import { readFileSync } from 'node:fs'

export interface Role {
  readonly name: string
  readonly mobile: string
  /** In the names of screenshots. */
  readonly role: string
}

interface Named {
  name: string
  mobile: string
}
const read = (file: string): Named[] =>
  JSON.parse(readFileSync(new URL(`../../resources/demo/${file}.json`, import.meta.url), 'utf8'))

const STAFF: Record<string, string> = {
  organiser: '19900000001',
  head: '19900000002',
  chief: '19900000003',
  owner: '19900000005',
  designer: '19900000006',
  centre: '19900000008',
  authority: '19900000009',
}
const people = read('people')
const experts = read('experts')

/** Who plays: the people of the demonstration under the names the story uses for them. */
export function roleOf(key: string): Role {
  const mobile = STAFF[key]
  const person = mobile ? people.find((one) => one.mobile === mobile) : undefined
  if (!person) throw new Error(`Nobody plays ${key}`)
  return { name: person.name, mobile: person.mobile, role: key }
}

/** The mobile number of a drawn expert; the library of the demonstration has each name once. */
export function mobileOfExpert(name: string): string {
  const found = experts.filter((one) => one.name === name)
  if (found.length !== 1) throw new Error(`${found.length} experts are called ${name}`)
  return found[0]!.mobile
}
