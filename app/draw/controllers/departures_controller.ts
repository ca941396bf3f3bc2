import { departuresFromDefault } from '#draw/queries/departures_from_default'

/** Rule DRAW-13, SUP-5. How often organisers choose otherwise than the first five by random order. */
export default class DeparturesController {
  async index() {
    return { hosts: await departuresFromDefault() }
  }
}
