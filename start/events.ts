/** Wiring that has no HTTP route: audited tables, to-do sources, deadline handlers, listeners. */
import '#identity/audited'
import '#pki/audited'
import '#registry/audited'
import '#registry/certificate_subjects'
import '#reviews/audited'
import '#plans/audited'
import '#plans/listeners/todo'
