/** Wiring that has no HTTP route: audited tables, to-do sources, deadline handlers, listeners. */
import '#identity/audited'
import '#registry/audited'
import '#reviews/audited'
